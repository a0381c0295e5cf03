import { groupBy } from '../group-by.js';

export interface Pair {
  name: string;
  value: string;
}

/** An object of names as lines; a list gives a line for each of its items. */
export function toPairs(value: unknown): Pair[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    (Array.isArray(item) ? item : [item]).map((one) => ({ name, value: toText(one) })),
  );
}

/** Lines as an object; a name that stands twice becomes a list, one without a name is left out. */
export function fromPairs(pairs: readonly Pair[]): Record<string, string | string[]> | undefined {
  const groups = groupBy(
    pairs.filter(({ name }) => name.trim() !== ''),
    ({ name }) => name.trim(),
  );
  const entries = [...groups].map(([name, same]) => {
    const values = same.map(({ value }) => value);
    return [name, values.length === 1 ? (values[0] ?? '') : values] as const;
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
