import { FormFields, Key } from '@hookloom/contracts';
import type { FieldMeta } from '@hookloom/step-kit';
import { z } from 'zod';

/** Longest text a field takes, in characters. */
const MAX_TEXT = 1024 * 1024;
const MAX_EXPRESSION = 64 * 1024;

/** Null is what an expression without a result gives, '' what an emptied form field holds. */
const leftOut = (value: unknown): unknown => (value === null || value === '' ? undefined : value);

/** A field that may be left out. */
export function optional<T extends z.ZodType>(schema: T, meta: FieldMeta) {
  return z
    .preprocess(leftOut, schema.optional())
    .optional()
    .meta({ ...meta });
}

/** One of a few words. */
export function choice<const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
  meta: Omit<FieldMeta, 'widget'>,
) {
  return optional(z.enum(values), { ...meta, widget: 'select' })
    .transform((value) => value ?? fallback)
    .meta({ ...meta, widget: 'select', default: fallback });
}

/** A whole number; `fallback` stands for one that is left out. */
export function wholeNumber(
  range: { readonly min: number; readonly max: number; readonly fallback: number },
  meta: Omit<FieldMeta, 'widget'>,
) {
  const { min, max, fallback } = range;
  return optional(z.coerce.number().int().min(min).max(max), { ...meta, widget: 'number' })
    .transform((value) => value ?? fallback)
    .meta({ ...meta, widget: 'number', default: fallback });
}

/** Text; other values that an expression may give are written as text, objects and lists as JSON. */
export const Text = z.preprocess(
  toText,
  z.string().min(1, 'It is empty. Fill it in, or check that its expression gives a value.').max(MAX_TEXT),
);

/** A required text. */
export function text(meta: FieldMeta) {
  return Text.meta({ ...meta });
}

/** Bare JSONata that gives a value. */
export function expression(meta: Omit<FieldMeta, 'widget'>) {
  return jsonata({ ...meta, widget: 'expression' });
}

/** Bare JSONata that gives yes or no. */
export function condition(meta: Omit<FieldMeta, 'widget'>) {
  return jsonata({ ...meta, widget: 'condition' });
}

/** The body of a JavaScript function. It is kept as it is written, so that its lines count right. */
export function code(meta: Omit<FieldMeta, 'widget'>) {
  return z
    .string()
    .min(1, 'Write some code.')
    .max(MAX_EXPRESSION)
    .meta({ ...meta, widget: 'code' } satisfies FieldMeta);
}

function jsonata(meta: FieldMeta) {
  return z
    .string()
    .trim()
    .min(1, 'Write an expression.')
    .max(MAX_EXPRESSION)
    .meta({ ...meta });
}

/** Fields of a page or dialog that takes no files. */
export const FieldsWithoutFiles = FormFields.refine(
  (fields) => fields.every(({ type }) => type !== 'file'),
  'A file cannot be asked for here. Use the trigger “Form”.',
);

/** The key of the connection that the step uses. */
export function connection(description: string) {
  return Key.min(1).meta({ title: 'Connection', description, widget: 'connection' } satisfies FieldMeta);
}

/** What a value becomes inside text, by the contract's rule for `{{ }}`; null and nothing stay absent. */
export function toText(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const LooseText = z.preprocess((value) => toText(value) ?? '', z.string().max(MAX_TEXT));

/** `{name: value | [values]}`; names whose value is null are left out. */
export const NameValues = z.preprocess(
  withoutNulls,
  z.record(z.string().min(1), z.union([z.array(LooseText), LooseText])),
);
export type NameValues = z.infer<typeof NameValues>;

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const present = Object.entries(value).filter(([, item]) => item !== null && item !== undefined);
  return Object.fromEntries(
    present.map(([name, item]) => [name, Array.isArray(item) ? item.filter((one) => one !== null) : item]),
  );
}
