import { StringStream } from '@codemirror/language';
import { jsonataToken } from '../jsonata-tokens.js';

/** A word or sign of an expression. `depth`: how many brackets are open around it. */
export interface Piece {
  readonly kind: string;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly depth: number;
}

const LOOSER = new Set(['=', '!=', '<', '>', '<=', '>=', '?', ':', ':=', ';', ',', '~>', '?:', '??', '..']);

export function piecesOf(source: string): Piece[] {
  const pieces: Piece[] = [];
  const state = { inComment: false, expectsValue: true };
  let depth = 0;
  for (const stream = new StringStream(source, 2, 2); !stream.eol(); stream.start = stream.pos) {
    const kind = jsonataToken(stream, state);
    if (kind === null) continue;
    const text = stream.current();
    if (kind === 'bracket' && /[)\]}]/.test(text)) depth -= 1;
    pieces.push({ kind, text, from: stream.start, to: stream.pos, depth });
    if (kind === 'bracket' && /[([{]/.test(text)) depth += 1;
  }
  return pieces;
}

/** Cuts an expression at the pieces that `isCut` names, outside all brackets. */
export function cutAt(source: string, isCut: (piece: Piece) => boolean): string[] {
  const cuts = piecesOf(source).filter((piece) => piece.depth === 0 && isCut(piece));
  const starts = [0, ...cuts.map(({ to }) => to)];
  const ends = [...cuts.map(({ from }) => from), source.length];
  return starts.map((start, at) => source.slice(start, ends[at]).trim());
}

/** What stands between a pair of brackets that is the whole source. */
export function insideBrackets(source: string, open: string, close: string): string | undefined {
  const pieces = piecesOf(source);
  const [first, last] = [pieces[0], pieces.at(-1)];
  const isWhole =
    first?.text === open &&
    last?.text === close &&
    pieces.length > 1 &&
    pieces.slice(1, -1).every(({ depth }) => depth > 0) &&
    last.depth === 0;
  return isWhole ? source.slice(first.to, last.from).trim() : undefined;
}

/** The arguments of a call that is the whole source: `$name(a, b)`. */
export function argumentsOf(source: string, name: string): string[] | undefined {
  const text = source.trim();
  if (!text.startsWith(`$${name}`)) return undefined;
  const inside = insideBrackets(text.slice(name.length + 1).trim(), '(', ')');
  if (inside === undefined) return undefined;
  return inside === '' ? [] : cutAt(inside, ({ text: sign }) => sign === ',');
}

/** Whether an expression would fall apart beside a comparison. */
export function needsParentheses(source: string): boolean {
  return piecesOf(source).some(
    ({ depth, kind, text }) =>
      depth === 0 &&
      ((kind === 'keyword' && text !== 'function') || (kind === 'operator' && LOOSER.has(text))),
  );
}
