import type { Suggestion } from './suggestions.js';

/** A word is looked for in this many ways, the best first; those behind the last one do not fit. */
const WAYS: readonly ((text: string, typed: string) => boolean)[] = [
  (text, typed) => text.startsWith(typed),
  (text, typed) => fold(text).startsWith(fold(typed)),
  (text, typed) => fold(lastName(text)) === fold(typed),
  (text, typed) => fold(lastName(text)).startsWith(fold(typed)),
  (text, typed) => names(text).some((name) => fold(name).startsWith(fold(typed))),
  (text, typed) => fold(text).includes(fold(typed)),
  (text, typed) => hasInOrder(fold(text), fold(typed)),
];

/**
 * The suggestions that fit what is typed: those that begin with it, then those whose last name is it or begins with it,
 * then the rest. Of equals the fields of the nearest step come first, then those of the shorter path, functions last.
 *
 * @param typed the word that was begun; empty: all, in the order given
 * @param nearest id of the step whose output comes in; `undefined`: it is the trigger's, or there is none
 */
export function rankSuggestions(
  items: readonly Suggestion[],
  typed: string,
  nearest: string | undefined,
): Suggestion[] {
  const ranked = items.flatMap((item, index) => {
    const way = WAYS.findIndex((fits) => fits(item.text, typed));
    const rank = [
      groupOf(item),
      way,
      isNear(item, nearest) ? 0 : 1,
      typed === '' ? 0 : lengthOf(item),
      index,
    ];
    return way < 0 ? [] : [{ item, rank }];
  });
  return ranked.toSorted((one, other) => compare(one.rank, other.rank)).map(({ item }) => item);
}

/** Fields and functions have a heading each. */
function groupOf({ kind }: Suggestion): number {
  return kind === 'path' ? 0 : 1;
}

/** Of a path the number of its names. */
function lengthOf({ kind, text }: Suggestion): number {
  return kind === 'path' ? names(text).length : text.length;
}

function isNear(item: Suggestion, nearest: string | undefined): boolean {
  if (item.kind !== 'path') return false;
  const [root, id] = item.parts;
  return nearest === undefined ? root === 'trigger' : root === 'steps' && id === nearest;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((value, index) => value !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

function names(text: string): string[] {
  return text.replaceAll(/[`$]/g, '').split('.');
}

function lastName(text: string): string {
  return names(text).at(-1) ?? '';
}

/** Whether the letters stand in the text in this order, whatever is between them. */
function hasInOrder(text: string, letters: string): boolean {
  let at = 0;
  return [...letters].every((letter) => {
    at = text.indexOf(letter, at) + 1;
    return at > 0;
  });
}

function fold(text: string): string {
  return text.toLocaleLowerCase();
}
