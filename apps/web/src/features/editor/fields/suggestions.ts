import { signatureOf, JSONATA_FUNCTIONS, type JsonataFunction } from './jsonata-functions.js';
import { exampleAt, readPath, writePath, type PathPart } from './paths.js';

/** One thing that may be written at the caret. */
export type Suggestion =
  | {
      readonly kind: 'path';
      readonly text: string;
      readonly parts: readonly PathPart[];
      readonly example: unknown;
    }
  | {
      readonly kind: 'function';
      readonly text: string;
      readonly signature: string;
      readonly about: JsonataFunction;
    };

/** What fits at the caret, and where the piece begins that it would replace. */
export interface Suggestions {
  readonly from: number;
  readonly items: readonly Suggestion[];
}

/** Fields that are offered before anything is typed: enough to search in, few enough to be made while typing. */
const MAX_PATHS = 400;
const MAX_DEPTH = 7;

const TEXT_OR_COMMENT = /"(?:\\.|[^"\\])*("?)|'(?:\\.|[^'\\])*('?)|\/\*[\s\S]*?(\*\/|$)/g;
const FUNCTION = /\$[\p{L}\p{N}_]*$/u;
/** A path that is being written: what is complete, up to its last dot, and the word begun after it. */
const PATH =
  /((?:(?:`[^`]+`|[\p{L}_][\p{L}\p{N}_]*)(?:\[\d+\])*\s*\.\s*)*)(`[^`]*|[\p{L}_][\p{L}\p{N}_]*)?$/u;

/**
 * What may be written behind `before`.
 *
 * @param before the expression up to the caret
 * @param scope what the expression sees of the sample
 * @returns nothing inside a text or a comment, and behind a number
 */
export function suggestionsFor(before: string, scope: object): Suggestions | undefined {
  if (isInsideText(before) || /(?:^|[^\p{L}\p{N}_$`.\]])\d[\p{L}\p{N}.]*$/u.test(before)) return undefined;
  const variable = FUNCTION.exec(before);
  if (variable) return { from: variable.index, items: FUNCTIONS };
  const [whole = '', path = '', word = ''] = PATH.exec(before) ?? [];
  const from = before.length - word.length;
  if (path === '') {
    // Behind a bracket or another value a dot leads into what only running tells.
    return /[.)\]}"'`]\s*$/.test(before.slice(0, before.length - whole.length)) && whole === ''
      ? undefined
      : { from, items: [...pathsOf(scope), ...FUNCTIONS] };
  }
  if (/[.)\]}$]\s*$/.test(before.slice(0, before.length - whole.length))) return undefined;
  const parts = readPath(path.trim().replace(/\.$/, ''));
  const at = parts && exampleAt(scope, parts);
  return parts === undefined ? undefined : { from, items: childPaths(parts, at) };
}

const FUNCTIONS: readonly Suggestion[] = JSONATA_FUNCTIONS.map((about) => ({
  kind: 'function',
  text: `$${about.name}`,
  signature: signatureOf(about),
  about,
}));

function isInsideText(before: string): boolean {
  let isOpen = false;
  for (const [text, double, single, comment] of before.matchAll(TEXT_OR_COMMENT)) {
    isOpen = (double ?? single ?? comment) === '' && (text.startsWith('/*') || text.length > 0);
  }
  return isOpen;
}

/** The fields of a value, by the name that is written behind its dot. */
function childPaths(parts: readonly PathPart[], value: unknown): Suggestion[] {
  return fieldsOf(value).flatMap(([name, example]) => {
    const text = writePath([name]);
    return text === undefined ? [] : [{ kind: 'path' as const, text, parts: [...parts, name], example }];
  });
}

/** Everything that can be named from the root, the nearest first. */
function pathsOf(scope: object): Suggestion[] {
  const found: Suggestion[] = [];
  let level: { parts: readonly PathPart[]; value: unknown }[] = [{ parts: [], value: scope }];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0 && found.length < MAX_PATHS; depth += 1) {
    const next: typeof level = [];
    for (const { parts, value } of level) {
      for (const [name, example] of fieldsOf(value)) {
        const path = [...parts, name];
        const text = writePath(path);
        if (text === undefined || found.length >= MAX_PATHS) continue;
        found.push({ kind: 'path', text, parts: path, example });
        next.push({ parts: path, value: example });
      }
    }
    level = next;
  }
  return found;
}

/** The fields of an object; of a list those of its items, each with the first value that there is. */
function fieldsOf(value: unknown): [string, unknown][] {
  if (Array.isArray(value)) {
    const fields = new Map<string, unknown>();
    for (const item of value.slice(0, 20)) {
      for (const [name, example] of fieldsOf(item))
        if (fields.get(name) === undefined) fields.set(name, example);
    }
    return [...fields];
  }
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}
