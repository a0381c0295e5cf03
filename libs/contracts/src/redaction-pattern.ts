import { z } from 'zod';

/** Which item of a list it is, is not said. */
export const ANY_ITEM = -1;

/** A key on the way to a value; `index`: which item of the list under it, if that is a list. */
export interface PathKey {
  readonly key: string;
  readonly index?: number;
}

interface Segment {
  readonly kind: 'key' | 'any' | 'deep';
  readonly key: string;
  readonly index: number | undefined;
}

const SEGMENT = /^(?:(\*\*)|(\*)|`([^`]+)`|([\p{L}\p{N}_$@#-]+))(?:\[(\d{0,9})\])?$/u;

/**
 * Which values are hidden: the name of a key, or several that follow one another, as JSONata writes a path. It fits at any
 * depth and in every item of a list; `[0]` means one item, `$.` at its begin the top only, `*` any one key, `**` any
 * number of keys. Upper and lower case are the same.
 */
export const RedactionPattern = z
  .string()
  .trim()
  .min(1, 'Write the name of a key, such as password, or a path, such as card.number.')
  .max(200)
  .refine(
    (text) => segmentsOf(text).every((segment) => segment !== undefined),
    'Only a path can be hidden: names with dots between them, such as card.number, items[0].card, order.*.pin or ' +
      'order.**.pin. Names with other characters stand in `backquotes`. Conditions, functions and [-1] are not known here.',
  )
  .refine((text) => segmentsOf(text).some((segment) => segment?.kind === 'key'), 'Name at least one key.');

/** One pattern, ready to be compared with paths. */
export class PathPattern {
  private readonly segments: readonly Segment[];
  /** Whether it tells the items of a list apart. */
  readonly hasIndex: boolean;

  /** @param text what `RedactionPattern` takes */
  constructor(readonly text: string) {
    const segments = segmentsOf(text).filter((segment) => segment !== undefined);
    this.segments = text.startsWith('$.')
      ? segments
      : [{ kind: 'deep', key: '', index: undefined }, ...segments];
    this.hasIndex = segments.some(({ index }) => index !== undefined);
  }

  /** Whether it is this very path, not one above or below it. */
  fits(path: readonly PathKey[]): boolean {
    const last = this.segments.at(-1);
    const end = path.at(-1);
    if (last && end && !fitsKey(last, end)) return false;
    let reached = [0];
    for (const segment of this.segments) {
      const [from = path.length + 1] = reached;
      reached =
        segment.kind === 'deep'
          ? Array.from({ length: path.length + 1 - from }, (_, at) => from + at)
          : reached.filter((at) => at < path.length && fitsKey(segment, path[at])).map((at) => at + 1);
    }
    return reached.at(-1) === path.length;
  }
}

function fitsKey(segment: Segment, at: PathKey | undefined): boolean {
  if (segment.kind === 'deep') return true;
  if (!at) return false;
  if (segment.index !== undefined && at.index !== ANY_ITEM && segment.index !== at.index) return false;
  return segment.kind === 'any' || segment.key === at.key;
}

/** `undefined` for a part that is no step of a plain path. */
function segmentsOf(pattern: string): (Segment | undefined)[] {
  const parts =
    pattern.replace(/^\$\./, '').match(/(?:`[^`]*`|[^.`])+|(?<=\.)$|^(?=\.)|(?<=\.)(?=\.)|`/g) ?? [];
  return parts.map(toSegment);
}

function toSegment(part: string): Segment | undefined {
  const found = SEGMENT.exec(part);
  if (!found) return undefined;
  const [, deep, any, quoted, plain = '', index = ''] = found;
  if (deep !== undefined && part !== deep) return undefined;
  const kind = deep === undefined ? (any === undefined ? 'key' : 'any') : 'deep';
  return { kind, key: (quoted ?? plain).toLowerCase(), index: index === '' ? undefined : Number(index) };
}
