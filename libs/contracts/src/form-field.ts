import { z } from 'zod';

export const FORM_FIELD_TYPES = [
  'text',
  'longText',
  'email',
  'number',
  'date',
  'choice',
  'several',
  'checkbox',
  'file',
] as const;
/** What a person fills into one field of a form. */
export type FormFieldType = (typeof FORM_FIELD_TYPES)[number];

/** Fields of one form. */
export const MOST_FORM_FIELDS = 50;

const Texts = z.preprocess(
  (value) => (typeof value === 'string' ? value.split('\n') : value),
  z.array(z.string().trim().max(200)).max(200),
);

/** Options are written as a list, or as a text with one a line; empty lines say nothing. */
const Options = Texts.transform((texts) => [...new Set(texts.filter((text) => text !== ''))]);

/** One field of a form, whoever shows it: a form's page, an approval's page, a run begun by hand. */
export const FormField = z
  .object({
    name: z
      .string()
      .regex(/^[a-z][a-zA-Z0-9_]{0,63}$/, 'Begin with a lower-case letter; use letters, digits and _ only.')
      .meta({ title: 'Name', description: 'Its key in the data: email, orderNumber', widget: 'plain' }),
    label: z
      .string()
      .max(200)
      .optional()
      .meta({ title: 'Label', description: 'The name, when left out.', widget: 'plain' }),
    type: z.enum(FORM_FIELD_TYPES).optional().meta({ title: 'Type', widget: 'plain', default: 'text' }),
    required: z.boolean().optional().meta({ title: 'Required', widget: 'plain' }),
    help: z
      .string()
      .max(500)
      .optional()
      .meta({ title: 'Help', description: 'A line below the field.', widget: 'plain' }),
    default: z.string().max(4_000).optional().meta({
      title: 'Filled in beforehand',
      description: 'What stands in the field from the start: a text, options one a line, “yes” for a tick.',
      widget: 'plain',
      multiline: true,
    }),
    options: Options.optional().meta({
      title: 'Options',
      description: 'One a line, for “choice” and “several”.',
      widget: 'plain',
      multiline: true,
    }),
    accept: z.string().max(200).optional().meta({
      title: 'File types',
      description: 'For “file”: endings or types, such as .pdf, image/*',
      widget: 'plain',
    }),
    maxMegabytes: z.number().positive().max(16).optional().meta({
      title: 'Megabytes at the most',
      description: 'For “file”: 5 when left out.',
      widget: 'plain',
    }),
  })
  .superRefine(({ type, options }, context) => {
    const needsOptions = type === 'choice' || type === 'several';
    if (!needsOptions || (options?.length ?? 0) > 0) return;
    context.addIssue({ code: 'custom', path: ['options'], message: 'Write at least one option.' });
  });
export type FormField = z.infer<typeof FormField>;

/** All fields of one form; no two of one name. */
export const FormFields = z
  .array(FormField)
  .max(MOST_FORM_FIELDS)
  .superRefine((fields, context) => {
    const known = new Set<string>();
    for (const [at, { name }] of fields.entries()) {
      if (known.has(name))
        context.addIssue({ code: 'custom', path: [at, 'name'], message: 'Another field has this name.' });
      known.add(name);
    }
  });

/** The fields of a step's settings, as far as they can be read. */
export function readFormFields(value: unknown): readonly FormField[] {
  return FormFields.safeParse(value).data ?? [];
}

/** What stands in the fields of a form that is opened, by their names, as a page sends it. */
export function startingValues(
  fields: readonly FormField[],
): Readonly<Record<string, string | readonly string[]>> {
  const filled = fields.filter((field) => field.type !== 'file' && (field.default ?? '').trim() !== '');
  return Object.fromEntries(filled.map((field) => [field.name, startingValue(field)]));
}

function startingValue({ type, options = [], default: text = '' }: FormField): string | readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  if (type === 'checkbox') return TICKED.has(text.trim().toLowerCase()) ? 'on' : [];
  if (type === 'several') return options.filter((option) => lines.includes(option));
  if (type === 'choice') return options.find((option) => option === text.trim()) ?? '';
  return type === 'longText' ? text : text.trim();
}

const TICKED = new Set(['yes', 'true', 'on']);

/** What a person calls a field. */
export function labelOf({ label, name }: Pick<FormField, 'label' | 'name'>): string {
  return label === undefined || label.trim() === '' ? name : label;
}
