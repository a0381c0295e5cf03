/** Finds all values at one path of a JSON document. */
export type PathReader = (root: unknown) => readonly unknown[];

/**
 * Prepares a path such as `events.*.id`; `*` stands for every element of a list, and for the value itself
 * where a sender that batches sent a single object. Own properties only; the reader never throws.
 */
export function compilePath(path: string): PathReader {
  const segments = path.split('.');
  return (root) => {
    let found: unknown[] = [root];
    for (const segment of segments) {
      found = segment === '*' ? elementsOf(found) : membersOf(found, segment);
      if (found.length === 0) break;
    }
    return found;
  };
}

/** All values at a path that is used once; see `compilePath`. */
export function valuesAt(root: unknown, path: string): readonly unknown[] {
  return compilePath(path)(root);
}

function elementsOf(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (isObject(value) ? value : []));
}

function membersOf(values: readonly unknown[], name: string): unknown[] {
  const members: unknown[] = [];
  for (const value of values) {
    if (isObject(value) && Object.hasOwn(value, name)) members.push(Reflect.get(value, name));
  }
  return members;
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * A JSON value as the text that was sent: strings as they are, numbers and booleans as JSON.
 * A number too large to be exact is `undefined`, since two different ids would become one.
 */
export function toText(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value !== 'number') return undefined;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? undefined : String(value);
}

/**
 * The same document with `value` at `path`; objects and lists on the way are made where missing. Used by
 * signing, for senders whose signature stands inside the body.
 */
export function withValueAt(root: unknown, path: string, value: unknown): unknown {
  const [segment, ...rest] = path.split('.');
  if (segment === undefined || segment === '') return value;
  const inner = rest.join('.');
  if (segment === '*' || /^\d+$/.test(segment)) {
    const list: unknown[] = Array.isArray(root) ? [...root] : [];
    if (segment === '*') {
      return (list.length > 0 ? list : [{}]).map((item) => withValueAt(item, inner, value));
    }
    list[Number(segment)] = withValueAt(list[Number(segment)], inner, value);
    return list;
  }
  const members: Record<string, unknown> = isObject(root) && !Array.isArray(root) ? { ...root } : {};
  members[segment] = withValueAt(members[segment], inner, value);
  return members;
}
