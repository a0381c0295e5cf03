import { z } from 'zod';
import { labelOf, type FormField } from './form-field.js';

/** A file as it was sent with a form. */
export interface GivenFile {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: number;
}

/** What was filled in, by field name. A page sends texts and files, a script also numbers, truths and lists. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** What is wrong with one field, in a sentence for the person who filled it in. */
export interface FormError {
  readonly field: string;
  readonly message: string;
}

/** The values by field name, each of its field's own type; null: left empty. A file's value is the file itself. */
export type FormReading =
  | { readonly ok: true; readonly values: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errors: readonly FormError[] };

type ValueReading = { readonly value: unknown } | { readonly wrong: string };

const DEFAULT_MEGABYTES = 5;
const MAX_TEXT = 4_000;
const MAX_LONG_TEXT = 100_000;
const MAX_NUMBER_DIGITS = 40;

/** Reads what a person filled in; nothing but the declared fields comes through. Never throws. */
export function readFormValues(fields: readonly FormField[], given: GivenValues): FormReading {
  const values: Record<string, unknown> = {};
  const errors: FormError[] = [];
  for (const field of fields) {
    const reading = readValue(field, Object.hasOwn(given, field.name) ? given[field.name] : undefined);
    if ('wrong' in reading) errors.push({ field: field.name, message: reading.wrong });
    else values[field.name] = reading.value;
  }
  return errors.length > 0 ? { ok: false, errors } : { ok: true, values };
}

/** Whether a text is a plain e-mail address. */
export function isEmailAddress(text: string): boolean {
  return z.email().safeParse(text).success;
}

function readValue(field: FormField, given: unknown): ValueReading {
  if (field.type === 'checkbox') return readCheckbox(field, given);
  if (isEmpty(given)) {
    if (field.required) return { wrong: `${labelOf(field)} is missing. ${MISSING[kindOf(field)]}` };
    return { value: field.type === 'several' ? [] : null };
  }
  switch (field.type) {
    case 'file':
      return readFile(field, given);
    case 'number':
      return readNumber(field, given);
    case 'several':
      return readSeveral(field, given);
    default:
      return readText(field, given);
  }
}

const MISSING = {
  chosen: 'Choose one.',
  attached: 'Choose a file.',
  written: 'Fill it in.',
} as const;

function kindOf({ type }: FormField): keyof typeof MISSING {
  if (type === 'choice' || type === 'several') return 'chosen';
  return type === 'file' ? 'attached' : 'written';
}

function isEmpty(given: unknown): boolean {
  if (given === undefined || given === null) return true;
  return typeof given === 'string' ? given.trim() === '' : Array.isArray(given) && given.length === 0;
}

function readCheckbox(field: FormField, given: unknown): ValueReading {
  const isTicked = given === true || given === 'true' || given === 'on' || given === 'yes';
  if (field.required && !isTicked) return { wrong: `${labelOf(field)}: tick it to go on.` };
  return { value: isTicked };
}

function readNumber(field: FormField, given: unknown): ValueReading {
  const text = typeof given === 'number' ? String(given) : given;
  const number = typeof text === 'string' && text.length <= MAX_NUMBER_DIGITS ? Number(text) : Number.NaN;
  if (Number.isFinite(number)) return { value: number };
  return { wrong: `${labelOf(field)} is no number. Write digits, with a point for decimals: 12.50` };
}

function readSeveral(field: FormField, given: unknown): ValueReading {
  const chosen = [given].flat();
  const options = field.options ?? [];
  const known = chosen.filter((one) => typeof one === 'string' && options.includes(one));
  if (known.length < chosen.length) return { wrong: `${labelOf(field)}: choose among what is offered.` };
  return { value: options.filter((option) => known.includes(option)) };
}

function readText(field: FormField, given: unknown): ValueReading {
  if (typeof given !== 'string') return { wrong: `${labelOf(field)} is no text.` };
  const isLong = field.type === 'longText';
  const text = isLong ? given.replaceAll('\r\n', '\n') : given.trim();
  const most = isLong ? MAX_LONG_TEXT : MAX_TEXT;
  if (text.length > most) {
    return { wrong: `${labelOf(field)} is too long. At most ${most} characters fit.` };
  }
  const wrong = wrongText(field, text);
  return wrong === undefined ? { value: text } : { wrong: `${labelOf(field)} ${wrong}` };
}

function wrongText({ type, options }: FormField, text: string): string | undefined {
  if (type === 'email' && !isEmailAddress(text))
    return 'is no e-mail address. Write it like name@example.com.';
  if (type === 'date' && !z.iso.date().safeParse(text).success)
    return 'is no date. Write it as 2026-01-31: year, month, day.';
  if (type === 'choice' && !options?.includes(text)) return 'is not among what is offered. Choose again.';
  return undefined;
}

const File = z.object({ filename: z.string(), contentType: z.string(), bytes: z.number() });

function readFile(field: FormField, given: unknown): ValueReading {
  const file = File.safeParse(given).data;
  if (!file) return { wrong: `${labelOf(field)} takes one file.` };
  const megabytes = field.maxMegabytes ?? DEFAULT_MEGABYTES;
  if (file.bytes > megabytes * 1024 * 1024) {
    return { wrong: `${labelOf(field)} is larger than ${megabytes} MB. Choose a smaller file.` };
  }
  if (!isAcceptedFile(field.accept, file)) {
    return { wrong: `${labelOf(field)} takes only ${field.accept}. Choose another file.` };
  }
  return { value: given };
}

/** Whether a file fits what a field takes: endings (`.pdf`), types (`image/png`) or whole groups (`image/*`). */
function isAcceptedFile(accept: string | undefined, { filename, contentType }: GivenFile): boolean {
  const rules = (accept ?? '')
    .split(',')
    .map((rule) => rule.trim().toLowerCase())
    .filter((rule) => rule !== '');
  const name = filename.toLowerCase();
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return (
    rules.length === 0 ||
    rules.some((rule) => {
      if (rule.startsWith('.')) return name.endsWith(rule);
      return rule.endsWith('/*') ? type.startsWith(rule.slice(0, -1)) : type === rule;
    })
  );
}
