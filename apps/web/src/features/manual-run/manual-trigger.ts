import {
  MANUAL_TRIGGER,
  readFormFields,
  startingValues,
  takesEvents,
  type FormField,
  type WorkflowDefinition,
  type WorkflowStep,
} from '@hookloom/contracts';

/** What stands in one field of the dialog: a text, the ticked options of a choice of several, or a tick. */
export type FieldValue = string | readonly string[] | boolean;
export type FieldValues = Readonly<Record<string, FieldValue>>;

/** The step at which a person starts a run, as the server chooses it. */
export function manualTriggerOf({ steps }: WorkflowDefinition): WorkflowStep | undefined {
  return steps.find(({ type, disabled }) => type === MANUAL_TRIGGER && disabled !== true);
}

/** What whoever starts a run is asked for; empty: nothing. */
export function manualFieldsOf(definition: WorkflowDefinition): readonly FormField[] {
  return readFormFields(manualTriggerOf(definition)?.config['fields']);
}

/** The step that a sample event starts, though nobody sent it: of a workflow that a person may start, too. */
export function eventTriggerOf({ steps }: WorkflowDefinition): WorkflowStep | undefined {
  return steps.find(({ type, disabled }) => takesEvents(type) && disabled !== true);
}

/** What stands in the fields from the start: what was given before, as far as it fits, else what the field says. */
export function toFieldValues(fields: readonly FormField[], before: unknown): FieldValues {
  const given = new Map(typeof before === 'object' && before !== null ? Object.entries(before) : []);
  const initial = startingValues(fields);
  return Object.fromEntries(
    fields.map((field) => {
      const value = given.has(field.name) ? given.get(field.name) : initial[field.name];
      return [field.name, toFieldValue(field, value)];
    }),
  );
}

function toFieldValue({ type, options = [] }: FormField, value: unknown): FieldValue {
  const texts = [value].flat().map((one) => (typeof one === 'string' ? one : ''));
  if (type === 'checkbox') return value === true || (value !== undefined && texts[0] !== '');
  if (type === 'several') return options.filter((option) => texts.includes(option));
  if (typeof value === 'number') return String(value);
  const text = texts[0] ?? '';
  return type === 'choice' && !options.includes(text) ? '' : text;
}
