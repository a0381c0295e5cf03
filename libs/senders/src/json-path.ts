/**
 * All values at a path such as `events.*.id`; `*` stands for every element of a list, and for the value
 * itself where a sender that batches sent a single object. Own properties only. Never throws.
 */
export function valuesAt(root: unknown, path: string): unknown[] {
  let found: unknown[] = [root];
  for (const segment of path.split('.')) {
    found =
      segment === '*'
        ? found.flatMap((value) => (isObject(value) ? value : []))
        : found.flatMap(member(segment));
    if (found.length === 0) return found;
  }
  return found;
}

function member(name: string): (value: unknown) => unknown[] {
  return (value) => {
    if (!isObject(value) || !Object.hasOwn(value, name)) return [];
    return [Reflect.get(value, name)];
  };
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
    if (segment === '*')
      return (list.length > 0 ? list : [{}]).map((item) => withValueAt(item, inner, value));
    list[Number(segment)] = withValueAt(list[Number(segment)], inner, value);
    return list;
  }
  const members: Record<string, unknown> = isObject(root) && !Array.isArray(root) ? { ...root } : {};
  members[segment] = withValueAt(members[segment], inner, value);
  return members;
}
