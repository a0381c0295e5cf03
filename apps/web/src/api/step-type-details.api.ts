import { z } from 'zod';
import { get } from './http.js';
import { StepTypeLook } from './step-types.api.js';

/** A field of a step type's config: JSON Schema with what the form is drawn from beside it. */
export const FieldSchema = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  widget: z.string().optional(),
  placeholder: z.string().optional(),
  /** `list`: an expression's value is taken as a list. */
  result: z.string().optional(),
  advanced: z.boolean().optional(),
  /** A text of several lines. */
  multiline: z.boolean().optional(),
  enum: z.array(z.unknown()).optional(),
  /** What people read for the values of `enum`; a value that is not here is read as it is. */
  titles: z.record(z.string(), z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  type: z.unknown().optional(),
  default: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  get properties() {
    return z.record(z.string(), FieldSchema).optional();
  },
  /** What each item of a list is. */
  get items() {
    return FieldSchema.optional();
  },
});
export type FieldSchema = z.infer<typeof FieldSchema>;

/** A step type with all that the editor needs. */
export const StepTypeDetail = StepTypeLook.extend({
  description: z.string(),
  docs: z.string(),
  repeat: z.enum(['pure', 'safe', 'keyed', 'unsafe', 'varies']),
  configSchema: z.looseObject({
    properties: z.record(z.string(), FieldSchema).default({}),
    required: z.array(z.string()).default([]),
  }),
  handles: z.array(z.string()),
  handlesFrom: z.string().nullable(),
  connection: z.object({ types: z.array(z.string()), required: z.boolean() }).nullable(),
  synonyms: z.array(z.string()),
});
export type StepTypeDetail = z.infer<typeof StepTypeDetail>;

const StepTypes = z.object({ items: z.array(StepTypeDetail) });

export const stepTypeDetailsApi = {
  list: (signal?: AbortSignal) => get(StepTypes, '/step-types', { signal }),
};
