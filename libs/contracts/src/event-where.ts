import { z } from 'zod';

/** A comparison with one value of an event's JSON body, such as `data.amount > 100` or `items[0].sku = "A-1"`. */
export interface EventComparison {
  /** Names and list positions from the body's root. */
  readonly path: readonly (string | number)[];
  readonly operator: '=' | '!=' | '>' | '>=' | '<' | '<=';
  readonly value: string | number | boolean | null;
}

const COMPARISON =
  /^\s*([\p{L}\p{N}_$@-]+(?:\.[\p{L}\p{N}_$@-]+|\[\d{1,6}\])*)\s*(!=|>=|<=|=|>|<)\s*(.+?)\s*$/su;
const PART = /[^.[\]]+/gu;

/** `undefined` for a text that is no comparison. Quotes make a value text: `id = "42"`. */
export function readComparison(text: string): EventComparison | undefined {
  const [, path, sign, value] = COMPARISON.exec(text) ?? [];
  const operator = OPERATORS.find((known) => known === sign);
  if (path === undefined || operator === undefined || value === undefined) return undefined;
  const parts = (path.match(PART) ?? []).map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { path: parts, operator, value: toValue(value) };
}

const OPERATORS = ['=', '!=', '>', '>=', '<', '<='] as const;

function toValue(text: string): EventComparison['value'] {
  const quoted = /^"(.*)"$|^'(.*)'$/s.exec(text);
  if (quoted) return quoted[1] ?? quoted[2] ?? '';
  if (text === 'true' || text === 'false') return text === 'true';
  if (text === 'null') return null;
  return Number.isNaN(Number(text)) ? text : Number(text);
}

/** A comparison as people write it. */
export const EventWhere = z
  .string()
  .max(500)
  .refine(
    (text) => readComparison(text) !== undefined,
    'Write a path, a sign and a value: data.amount > 100.',
  )
  .meta({ description: 'A comparison with one value of a JSON body: `data.amount > 100`.' });

/** Whether a body holds a value at the path that compares so. A number written as text counts as the number. */
export function holdsIn(body: unknown, { path, operator, value }: EventComparison): boolean {
  const found = path.reduce<unknown>(valueAt, body);
  if (found === undefined) return false;
  if (operator === '=') return isSame(found, value);
  if (operator === '!=') return !isSame(found, value);
  const order = orderOf(found, value);
  if (order === undefined) return false;
  return operator.startsWith('>')
    ? order > 0 || (order === 0 && operator === '>=')
    : order < 0 || (order === 0 && operator === '<=');
}

function valueAt(parent: unknown, part: string | number): unknown {
  if (Array.isArray(parent)) return typeof part === 'number' ? parent[part] : undefined;
  if (typeof parent !== 'object' || parent === null) return undefined;
  return Object.hasOwn(parent, part) ? Reflect.get(parent, part) : undefined;
}

function isSame(found: unknown, value: EventComparison['value']): boolean {
  return (
    found === value || (typeof found === 'string' && typeof value === 'number' && Number(found) === value)
  );
}

/** Below, at or above zero; `undefined` for values that have no order. */
function orderOf(found: unknown, value: EventComparison['value']): number | undefined {
  if (typeof value === 'number') {
    const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
    return typeof number === 'number' && !Number.isNaN(number) ? number - value : undefined;
  }
  if (typeof value !== 'string' || typeof found !== 'string') return undefined;
  return found < value ? -1 : found > value ? 1 : 0;
}
