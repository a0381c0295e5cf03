/** Where a part of a long list ends: each is stored, and loaded, as a whole. */
export const PART_BYTES = 256 * 1024;

const BETWEEN = ',\n';

/**
 * A list's JSON from that of its values. A line break stands between two of them and nowhere else, so the list can
 * be taken apart without parsing it.
 */
export function packList(values: readonly string[]): string {
  return `[${values.map(withoutLineBreaks).join(BETWEEN)}]`;
}

/** The JSON of each value of a packed list. */
export function unpackList(packed: string): string[] {
  return packed.length <= 2 ? [] : packed.slice(1, -1).split(BETWEEN);
}

/** One packed list of several. */
export function joinLists(packed: readonly string[]): string {
  return `[${packed
    .map((list) => list.slice(1, -1))
    .filter((inner) => inner !== '')
    .join(BETWEEN)}]`;
}

/** Cuts values into parts of about PART_BYTES, one at least in each. */
export function* inParts(values: readonly string[]): Generator<{ from: number; values: readonly string[] }> {
  let from = 0;
  let bytes = 0;
  for (const [at, value] of values.entries()) {
    bytes += value.length;
    if (bytes < PART_BYTES && at < values.length - 1) continue;
    yield { from, values: values.slice(from, at + 1) };
    from = at + 1;
    bytes = 0;
  }
}

/** Raw line breaks in JSON stand only between its tokens, so a space means the same. */
function withoutLineBreaks(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]/g, ' ') : json;
}
