import jsonata from 'jsonata';

/**
 * Whether two expressions are read alike: they differ in blanks, comments, quotes and line breaks only.
 * Both are parsed, so keep them short; one that cannot be parsed is like no other.
 */
export function isSameExpression(one: string, other: string): boolean {
  const [first, second] = [treeOf(one), treeOf(other)];
  return first !== undefined && first === second;
}

function treeOf(source: string): string | undefined {
  try {
    return JSON.stringify(jsonata(source).ast(), (key, value: unknown) => {
      if (key === 'position') return undefined;
      return value instanceof RegExp ? String(value) : value;
    });
  } catch {
    return undefined;
  }
}
