import { addOwn } from './own-property.js';
import { readable, unreadable, type BodyReading } from './reading.js';
import { decodeText } from './text.js';

/** Names to a text, or to a list where a name comes more than once. */
export type FormFields = Record<string, string | string[]>;

const MAX_FIELDS = 10_000;

/**
 * Reads a query string, without its `?`, or a form: `+` and percent signs decoded, a repeated name as a list.
 * What is not well formed is kept as it is. Never throws.
 */
export function readQuery(raw: string): FormFields {
  const fields: FormFields = {};
  for (const pair of raw.split('&')) {
    if (pair === '') continue;
    const equals = pair.indexOf('=');
    const name = equals < 0 ? pair : pair.slice(0, equals);
    addOwn(fields, decodePart(name), equals < 0 ? '' : decodePart(pair.slice(equals + 1)));
  }
  return fields;
}

/** Reads `application/x-www-form-urlencoded`. */
export function readForm(bytes: Uint8Array): BodyReading {
  const text = decodeText(bytes);
  if (countFields(text) > MAX_FIELDS) {
    return unreadable(
      'form',
      `The form has more than ${MAX_FIELDS} fields, which is refused. Send fewer fields.`,
    );
  }
  return readable(readQuery(text));
}

function countFields(text: string): number {
  let count = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) count += 1;
  return count;
}

function decodePart(part: string): string {
  const spaced = part.includes('+') ? part.replaceAll('+', ' ') : part;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    // URLSearchParams decodes what it can and puts U+FFFD for bytes that are no UTF-8.
    return new URLSearchParams(`part=${part}`).get('part') ?? part;
  }
}
