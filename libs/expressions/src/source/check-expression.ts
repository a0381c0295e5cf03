import jsonata from 'jsonata';
import { toJsonataError, type JsonataError } from './jsonata-error.js';

/** What is wrong with an expression's syntax: a sentence for a person, and the character it is about, from 0. */
export interface ExpressionProblem {
  readonly message: string;
  readonly position: number;
  /** JSONata's own code, such as `S0202`. */
  readonly reason?: string;
}

/** Longer sources are refused before they are parsed. */
export const MAX_SOURCE_LENGTH = 64 * 1024;

/**
 * Checks syntax only; nothing is evaluated. Parsing alone can take long or much memory, so servers call it in
 * the child (`EvaluatorPool.check`); a browser may call it directly.
 *
 * @returns nothing if the expression can be read
 */
export function checkExpression(source: string): ExpressionProblem | undefined {
  const early = obviousProblem(source);
  if (early) return early;
  try {
    jsonata(source);
    return undefined;
  } catch (thrown) {
    return toProblem(source, thrown);
  }
}

/** What can be said without parsing. */
export function obviousProblem(source: string): ExpressionProblem | undefined {
  if (source.trim() === '')
    return { message: 'The expression is empty. Write one, or clear the field.', position: 0 };
  if (source.length <= MAX_SOURCE_LENGTH) return undefined;
  const message = `The expression is longer than ${MAX_SOURCE_LENGTH} characters. Split it over several steps.`;
  return { message, position: MAX_SOURCE_LENGTH };
}

/** Turns what JSONata's parser threw into a sentence. */
export function toProblem(source: string, thrown: unknown): ExpressionProblem {
  const error = toJsonataError(thrown);
  const position = Math.min(Math.max(0, error.position ?? source.length), source.length);
  if (/^\s*\{\{[\s\S]*\}\}\s*$/.test(source)) {
    return { message: 'This field is an expression already. Remove the {{ and }} around it.', position: 0 };
  }
  return { message: sentenceOf(error), position, reason: error.code };
}

type Sentence = (token: string, error: JsonataError) => string;

const unfinished: Sentence = () => 'The expression ends too early. Add what is missing at its end.';
const misplaced: Sentence = (token) =>
  `${token} does not fit here. Check what stands before it: an operator, a comma or a bracket may be missing.`;

/** By JSONata's code; the words are ours, since a person need not know what a token or a nud is. */
const SENTENCES: Readonly<Record<string, Sentence>> = {
  S0101: () => 'A text is never closed. Add the missing quote.',
  S0102: (token) => `The number ${token} is too large. Use a smaller one.`,
  S0103: (token) => `\\${token} means nothing inside a text. Write \\\\ for a backslash.`,
  S0104: () => 'After \\u exactly 4 hexadecimal digits must follow, as in \\u00e9.',
  S0105: () => 'A name in backticks is never closed. Add the missing backtick.',
  S0106: () => 'A comment is never closed. Add */ at its end.',
  S0201: misplaced,
  S0202: (token, error) => `${expected(error)} is missing here; ${token} was found instead.`,
  S0203: (_token, error) => `The expression ends, but ${expected(error)} is still missing. Add it.`,
  S0204: (token) => `${token} is no operator here.`,
  S0205: misplaced,
  S0206: misplaced,
  S0207: unfinished,
  S0208: () => 'The parameters of a function must begin with $, as in function($item) { … }.',
  S0209: () => 'A filter [ ] cannot follow a grouping { }. Put the filter before it.',
  S0210: () => 'A step can be grouped by { } only once. Remove one of the two.',
  S0211: (token) => `${token} needs a value before it.`,
  S0212: () => 'Only a variable can be assigned with :=. Let its name begin with $, as in $total := 5.',
  S0213: (token) => `${token} cannot be a part of a path. Put names in backticks if they begin with a digit.`,
  S0214: (token) => `After ${token} the name of a variable must follow, beginning with $.`,
  S0215: () => 'A variable bound with @ must stand before the filter [ ].',
  S0216: () => 'A variable bound with @ must stand before the sorting ^( ).',
  S0217: () => 'The parent % does not exist here. It needs a path before it, such as orders.items.%.',
  S0301: () => 'The regular expression // is empty. Write a pattern between the slashes.',
  S0302: () => 'A regular expression is never closed. Add the missing /.',
  S0401: () => 'In the signature of a function only functions and arrays may have types in < >.',
  S0402: () => 'In the signature of a function a choice ( ) cannot hold types in < >.',
};

function sentenceOf(error: JsonataError): string {
  const token = error.token === undefined || error.token === '(end)' ? 'This' : `"${error.token}"`;
  const sentence = SENTENCES[error.code];
  if (sentence) return sentence(token.slice(0, 200), error);
  if (/call stack/i.test(error.message))
    return 'The expression is nested too deep. Split it over several steps.';
  // Bad regular expressions come from the engine, with a message that names the fault.
  return `The expression cannot be read: ${error.message.slice(0, 500) || 'its syntax is wrong'}. Correct it.`;
}

function expected(error: JsonataError): string {
  const quoted = /Expected ("[^"]*")/.exec(error.message)?.[1];
  return quoted ?? 'a bracket or a comma';
}
