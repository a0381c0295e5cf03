/** One value that differs between two bodies; `undefined` on the side where it is not. */
export interface BodyChange {
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** More are not shown: bodies that differ in so much are different things. */
export const MOST_CHANGES = 200;

/** What differs, in the order of the newer body; lists are compared place by place. At most `MOST_CHANGES`. */
export function changesBetween(before: unknown, after: unknown): BodyChange[] {
  const changes: BodyChange[] = [];
  collect(before, after, '', changes);
  return changes;
}

function collect(before: unknown, after: unknown, path: string, changes: BodyChange[]): void {
  if (changes.length >= MOST_CHANGES) return;
  const [old, now] = [childrenOf(before), childrenOf(after)];
  if (old === undefined || now === undefined || Array.isArray(before) !== Array.isArray(after)) {
    if (before !== after) changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...now.keys(), ...old.keys()])) {
    const step = Array.isArray(after) ? `[${key}]` : path === '' ? key : `.${key}`;
    collect(old.get(key), now.get(key), path + step, changes);
  }
}

function childrenOf(value: unknown): Map<string, unknown> | undefined {
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : undefined;
}
