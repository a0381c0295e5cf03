import type { ConnectionType, DataField } from '../../api/connections.api.js';

/** One field of the form of a connection. */
export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint: string | undefined;
  readonly kind: 'text' | 'secret' | 'number' | 'switch' | 'select';
  /** Of a `select`; the first is what counts where nothing is chosen. */
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly isRequired: boolean;
}

/** What was typed, by field; a switch holds `true` or `false`, and nothing where it was not touched. */
export type Typed = Readonly<Record<string, string>>;

export function fieldsOf({ dataSchema }: ConnectionType): FormField[] {
  return Object.entries(dataSchema.properties).map(([name, schema]) => ({
    name,
    label: schema.title ?? name,
    hint: schema.description,
    kind: kindOf(schema),
    options: (schema.enum ?? []).map((value) => ({ value, label: schema.labels?.[value] ?? value })),
    isRequired: dataSchema.required.includes(name),
  }));
}

/** The data that was typed. Empty fields are left out: they are not set, or stay as stored. */
export function toData(fields: readonly FormField[], typed: Typed): Record<string, unknown> {
  const filled = fields.flatMap(({ name, kind }) => {
    const text = typed[name]?.trim() ?? '';
    return text === '' ? [] : [[name, toValue(kind, text)] as const];
  });
  return Object.fromEntries(filled);
}

function kindOf({ type, secret, enum: values }: DataField): FormField['kind'] {
  if (secret === true) return 'secret';
  if (values !== undefined) return 'select';
  if (type === 'boolean') return 'switch';
  return type === 'integer' || type === 'number' ? 'number' : 'text';
}

/** A text that is no number goes as it is: the server says what is wrong with it. */
function toValue(kind: FormField['kind'], text: string): unknown {
  if (kind === 'switch') return text === 'true';
  return kind === 'number' && Number.isFinite(Number(text)) ? Number(text) : text;
}
