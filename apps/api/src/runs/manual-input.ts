import { MANUAL_TRIGGER, readFormFields, readFormValues, type WorkflowDefinition } from '@hookloom/contracts';
import { invalid } from '@hookloom/server-kit';

/**
 * The input of a run as its trigger asks for it: any JSON, or where the trigger has fields their values, each of its
 * own type.
 *
 * @throws ProblemError 422 with a message for each field that does not fit
 */
export function toManualInput(
  definition: WorkflowDefinition,
  triggerStepId: string,
  input: unknown,
): unknown {
  const step = definition.steps.find(({ id, type }) => id === triggerStepId && type === MANUAL_TRIGGER);
  const fields = readFormFields(step?.config['fields']);
  if (fields.length === 0) return input;
  const reading = readFormValues(fields, asGiven(input));
  if (reading.ok) return reading.values;
  throw invalid(reading.errors.map(({ field, message }) => ({ path: `input.${field}`, message })));
}

function asGiven(input: unknown): Readonly<Record<string, unknown>> {
  if (input === undefined || input === null) return {};
  if (typeof input === 'object' && !Array.isArray(input)) return Object.fromEntries(Object.entries(input));
  throw invalid([
    { path: 'input', message: 'This trigger has fields: send an object with a value for each.' },
  ]);
}
