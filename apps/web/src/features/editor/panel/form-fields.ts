import type { FieldSchema, StepTypeDetail } from '../../../api/step-type-details.api.js';

/** One field of a step's form, as its step type declares it. */
export interface FormField {
  readonly name: string;
  readonly title: string;
  readonly schema: FieldSchema;
  readonly widget: string;
  readonly isRequired: boolean;
}

/** The fields of a form: those shown at once, connection and required ones first, and those under "More options". */
export interface FormFields {
  readonly shown: readonly FormField[];
  readonly more: readonly FormField[];
}

export function formFieldsOf(stepType: StepTypeDetail | undefined): FormFields {
  if (stepType === undefined) return { shown: [], more: [] };
  const fields = fieldsOf(stepType.configSchema);
  return {
    shown: toLed(fields.filter(isShown)),
    more: fields.filter((field) => !isShown(field)),
  };
}

/** The fields of an object, in the order of its declaration. */
export function fieldsOf(schema: Pick<FieldSchema, 'properties' | 'required'>): FormField[] {
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    title: property.title ?? name,
    schema: property,
    widget: widgetOf(property),
    isRequired: schema.required?.includes(name) ?? false,
  }));
}

/** The widget that a schema names. JSON whose parts are declared is drawn part by part; without a name its type decides. */
function widgetOf(schema: FieldSchema): string {
  const { widget } = schema;
  if (widget !== undefined && widget !== 'json' && widget !== 'list') return widget;
  if (schema.items?.properties !== undefined) return 'list';
  if (schema.type === 'object' && schema.properties !== undefined) return 'group';
  return widget === undefined ? widgetOfType(schema) : 'json';
}

function widgetOfType({ type, enum: values }: FieldSchema): string {
  if (values !== undefined) return 'select';
  if (type === 'boolean') return 'switch';
  if (type === 'number' || type === 'integer') return 'number';
  return type === 'string' ? 'template' : 'json';
}

function isShown({ schema, isRequired }: FormField): boolean {
  return isRequired || schema.advanced !== true;
}

/** Only what leads the form is moved; the rest keeps the order of the declaration. */
function toLed(fields: readonly FormField[]): FormField[] {
  const lead = fields.findIndex(({ isRequired, widget }) => isRequired && widget !== 'connection');
  const rankOf = ({ widget, isRequired }: FormField, index: number): number => {
    if (widget === 'sender') return 0;
    if (widget === 'endpoint') return 1;
    if (widget === 'connection') return isRequired ? 2 : 4;
    // A choice before the first required field belongs to it, as a method to its URL.
    return isRequired || (widget === 'select' && index < lead) ? 3 : 5;
  };
  const ranked = fields.map((field, index) => ({ field, rank: rankOf(field, index) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ field }) => field);
}

/** A value as the text of a field. */
export function toFieldText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/**
 * The value that a text stands for in a field of any shape: JSON where it is JSON, else the text, which may hold
 * `{{ }}`; nothing where it is empty.
 */
export function fromJsonText(text: string): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether a text is neither JSON nor a template that becomes it, though it begins like JSON. */
export function looksBroken(text: string): boolean {
  return /^\s*[[{](?!\{)/.test(text) && typeof fromJsonText(text) === 'string' && !text.includes('{{');
}
