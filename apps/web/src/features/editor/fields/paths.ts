/** A step of a path: a field's name or an index into a list. */
export type PathPart = string | number;

const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const OPERATOR_WORDS = new Set(['and', 'or', 'in']);
/** One part of a path and what separates it from the next. */
const PART = /(?:`([^`]+)`|([\p{L}_][\p{L}\p{N}_]*))\s*|\[\s*(\d+)\s*\]\s*|(\.)\s*/uy;

/**
 * A path as JSONata writes it: names that are no plain words stand in backticks.
 *
 * @returns nothing where a name itself holds a backtick, which JSONata cannot write
 */
export function writePath(parts: readonly PathPart[]): string | undefined {
  let path = '';
  for (const part of parts) {
    if (typeof part === 'number') path += `[${part}]`;
    else if (part === '' || part.includes('`')) return undefined;
    else path += (path === '' ? '' : '.') + writeName(part);
  }
  return path;
}

function writeName(name: string): string {
  return PLAIN.test(name) && !OPERATOR_WORDS.has(name) ? name : `\`${name}\``;
}

/** The parts of an expression that is nothing but a path; `undefined` for any other. */
export function readPath(source: string): PathPart[] | undefined {
  const text = source.trim();
  const parts: PathPart[] = [];
  let expectsName = true;
  PART.lastIndex = 0;
  while (PART.lastIndex < text.length) {
    const found = PART.exec(text);
    if (found === null) return undefined;
    const [, quoted, plain, index, dot] = found;
    const name = quoted ?? plain;
    if (expectsName !== (name !== undefined)) return undefined;
    if (name !== undefined) parts.push(name);
    else if (index !== undefined) parts.push(Number(index));
    expectsName = dot !== undefined;
  }
  return parts.length === 0 || expectsName ? undefined : parts;
}

/**
 * What stands at a path. A name asked of a list is asked of its first item that has it, as an example of what
 * JSONata would collect from all of them.
 */
export function exampleAt(value: unknown, parts: readonly PathPart[]): unknown {
  return parts.reduce<unknown>((at, part) => childOf(at, part), value);
}

function childOf(value: unknown, part: PathPart): unknown {
  if (Array.isArray(value)) {
    if (typeof part === 'number') return value[part];
    return value.map((item: unknown) => childOf(item, part)).find((child) => child !== undefined);
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (part === 0) return value;
  return Object.hasOwn(value, part) ? Reflect.get(value, part) : undefined;
}

/** Which part of a path is the first that is not there, counted from 0; nothing if all of it is. */
export function firstMissing(value: unknown, parts: readonly PathPart[]): number | undefined {
  const at = parts.findIndex((_part, index) => exampleAt(value, parts.slice(0, index + 1)) === undefined);
  return at < 0 ? undefined : at;
}
