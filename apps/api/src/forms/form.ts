import { FORM_TRIGGER, readFormFields, type FormField, type WorkflowStep } from '@hookloom/contracts';
import { z } from 'zod';

/** A form as its page shows it. */
export interface Form {
  readonly title: string;
  readonly text: string | undefined;
  readonly fields: readonly FormField[];
  readonly button: string;
  readonly thanks: string;
  /** Where the person is led after sending. */
  readonly redirect: string | undefined;
}

const Text = z.string().trim().min(1).optional().catch(undefined);
const Config = z.object({
  title: Text,
  text: Text,
  button: Text,
  thanks: Text,
  redirect: z
    .url({ protocol: /^https?$/ })
    .optional()
    .catch(undefined),
  fields: z.unknown().optional(),
});

/** The form that a trigger's settings describe; a draft's may be incomplete, so what cannot be read is left out. */
export function toForm(step: WorkflowStep): Form {
  const config = Config.parse(step.config);
  return {
    title: config.title ?? (step.name?.trim() || 'Form'),
    text: config.text,
    fields: readFormFields(config.fields),
    button: config.button ?? 'Send',
    thanks: config.thanks ?? 'Thank you. It has arrived.',
    redirect: config.redirect,
  };
}

/** The form trigger among a document's steps that an endpoint belongs to. */
export function findFormStep(
  steps: readonly WorkflowStep[],
  is: (step: WorkflowStep) => boolean,
): WorkflowStep | undefined {
  return steps.find((step) => step.type === FORM_TRIGGER && is(step));
}
