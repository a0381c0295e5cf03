/** One entry of an object or a list, as the tree draws it. */
export interface JsonEntry {
  readonly key: string;
  readonly value: unknown;
}

export type JsonKind = 'object' | 'list' | 'string' | 'number' | 'other';

export function kindOf(value: unknown): JsonKind {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object' && value !== null) return 'object';
  if (typeof value === 'string') return 'string';
  return typeof value === 'number' ? 'number' : 'other';
}

/** The entries of an object or a list; nothing for all else. */
export function entriesOf(value: unknown): JsonEntry[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).map(([key, child]: [string, unknown]) => ({ key, value: child }));
}

/** A value in one line, as JSON writes it. */
export function toLine(value: unknown): string {
  return JSON.stringify(value) ?? 'null';
}
