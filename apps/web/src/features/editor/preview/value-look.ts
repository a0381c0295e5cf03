/** How a value is shown in one line: its type in words that people use, how much there is of it, and its beginning. */
export interface ValueLook {
  readonly kind: 'text' | 'number' | 'boolean' | 'list' | 'object' | 'nothing';
  /** Characters, items or fields. */
  readonly size: number;
  /** A text as it is, anything else as JSON; cut at `MAX_SHOWN`. */
  readonly shown: string;
  readonly isCut: boolean;
}

/** Characters of a value that are shown. */
const MAX_SHOWN = 4_000;

/** Looks at JSON data. */
export function lookOf(value: unknown): ValueLook {
  const [kind, size] = kindOf(value);
  const text = kind === 'text' ? String(value) : kind === 'nothing' ? '' : JSON.stringify(value, null, 1);
  const shown = kind === 'list' || kind === 'object' ? text.replace(/\n\s*/g, ' ') : text;
  return { kind, size, shown: shown.slice(0, MAX_SHOWN), isCut: shown.length > MAX_SHOWN };
}

function kindOf(value: unknown): [ValueLook['kind'], number] {
  if (value === null || value === undefined) return ['nothing', 0];
  if (Array.isArray(value)) return ['list', value.length];
  if (typeof value === 'string') return ['text', value.length];
  if (typeof value === 'number') return ['number', 1];
  if (typeof value === 'boolean') return ['boolean', 1];
  return ['object', Object.keys(value).length];
}
