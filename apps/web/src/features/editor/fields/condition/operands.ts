import { scanTemplate } from '@hookloom/expressions/browser';
import { readPath } from '../paths.js';
import { inBraces, loneExpression } from '../template-spans.js';
import { cutAt, insideBrackets, needsParentheses, piecesOf } from './source-pieces.js';

/*
 * A side of a rule is written as any other field: text with `{{ }}`. What looks like a number, true, false or null is
 * one; in double quotes it is text.
 */

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;
const CONSTANTS = new Set(['true', 'false', 'null']);

/** A field's text as JSONata. */
export function writeOperand(text: string, place: 'side' | 'argument'): string {
  const lone = loneExpression(text.trim());
  if (lone !== undefined) return place === 'side' && needsParentheses(lone) ? `(${lone})` : lone;
  const template = scanTemplate(text);
  if (!template.ok) return JSON.stringify(text);
  const [first] = template.parts;
  if (first === undefined) return '""';
  if (template.parts.length === 1 && first.kind === 'text') return writeLiteral(text, first.text);
  return template.parts
    .map((part) => {
      if (part.kind === 'text') return JSON.stringify(part.text);
      const source = part.source.trim();
      return readPath(source) === undefined ? `(${source})` : source;
    })
    .join(' & ');
}

function writeLiteral(text: string, meant: string): string {
  if (isConstant(text.trim())) return text.trim();
  const quoted = unquoted(text.trim());
  return JSON.stringify(quoted ?? meant);
}

/** Whether a text stands for a number, true, false or null. */
export function isConstant(text: string): boolean {
  return NUMBER.test(text) || CONSTANTS.has(text);
}

function unquoted(text: string): string | undefined {
  if (!/^"[\s\S]*"$/.test(text) || text.length < 2) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** JSONata as a field's text. */
export function readOperand(source: string): string {
  const text = source.trim();
  if (isConstant(text)) return text;
  const pieces = piecesOf(text);
  const [only] = pieces;
  if (pieces.length === 1 && only?.kind === 'string') return textOf(only.text);
  const joined = readJoined(text);
  if (joined !== undefined) return joined;
  const inside = insideBrackets(text, '(', ')');
  return inBraces(inside !== undefined && needsParentheses(inside) ? inside : text);
}

/** `"No. " & order.id` as `No. {{ order.id }}`. */
function readJoined(source: string): string | undefined {
  const parts = cutAt(source, ({ kind, text }) => kind === 'operator' && text === '&');
  const isText = (part: string) => piecesOf(part).length === 1 && piecesOf(part)[0]?.kind === 'string';
  if (parts.length < 2 || !parts.some(isText)) return undefined;
  return parts
    .map((part) => (isText(part) ? escaped(decoded(part)) : inBraces(insideBrackets(part, '(', ')') ?? part)))
    .join('');
}

function textOf(literal: string): string {
  const text = decoded(literal);
  const isPlain = text !== '' && text === text.trim() && !isConstant(text) && unquoted(text) === undefined;
  return isPlain || text === '' ? escaped(text) : JSON.stringify(text);
}

function escaped(text: string): string {
  return text.replaceAll('{{', '\\{{');
}

/** The text of a literal in either kind of quotes. */
function decoded(literal: string): string {
  const body = literal.slice(1, -1);
  return body.replace(/\\(u[0-9a-fA-F]{4}|.)/g, (_whole, code: string) => {
    if (code.length > 1) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    return { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }[code] ?? code;
  });
}

/** `a, b` as a list of operands; a single `{{ }}` may be the whole list. */
export function writeList(text: string): string {
  const lone = loneExpression(text.trim());
  if (lone !== undefined) return needsParentheses(lone) ? `(${lone})` : lone;
  const items = listItems(text).map((item) => writeOperand(item, 'argument'));
  return `[${items.join(', ')}]`;
}

function listItems(text: string): string[] {
  const items = text.match(/(?:"(?:\\.|[^"\\])*"|\{\{(?:(?!\}\})[\s\S])*\}\}|[^,])+/g) ?? [];
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

export function readList(source: string): string {
  const inside = insideBrackets(source.trim(), '[', ']');
  if (inside === undefined) return readOperand(source);
  if (inside === '') return '';
  return cutAt(inside, ({ text }) => text === ',')
    .map((item) => {
      const text = readOperand(item);
      return /[,"]/.test(text) && loneExpression(text) === undefined && !text.startsWith('"')
        ? JSON.stringify(text)
        : text;
    })
    .join(', ');
}

/** A pattern without its slashes; with flags it keeps them. */
export function readPattern(source: string): string | undefined {
  const [piece, ...others] = piecesOf(source);
  if (piece?.kind !== 'regexp' || others.length > 0) return undefined;
  const [, pattern = '', flags = ''] = /^\/([\s\S]*)\/([im]*)$/.exec(piece.text) ?? [];
  const bare = pattern.replaceAll('\\/', '/');
  return flags === '' && !FLAGGED.test(bare) ? bare : piece.text;
}

export function writePattern(text: string): string {
  if (FLAGGED.test(text)) return text;
  return `/${text.replace(/\\[\s\S]|\//g, (found) => (found === '/' ? '\\/' : found))}/`;
}

const FLAGGED = /^\/.+\/[im]*$/s;
