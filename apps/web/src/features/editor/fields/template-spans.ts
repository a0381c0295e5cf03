import { scanTemplate } from '@hookloom/expressions/browser';
import { readPath, type PathPart } from './paths.js';

/** One `{{ … }}` of a text: its ends, braces included, and what stands between them. */
export interface TemplateSpan {
  readonly from: number;
  readonly to: number;
  readonly source: string;
  /** Set where it is nothing but a path into what expressions see. */
  readonly path: readonly PathPart[] | undefined;
}

/** The names that an expression sees. */
const ROOTS = new Set(['trigger', 'steps', 'input', 'vars', 'run', 'item', 'index']);

/** All `{{ … }}` of a text; where one is never closed, those before it. */
export function templateSpans(text: string): TemplateSpan[] {
  if (!text.includes('{{')) return [];
  const template = scanTemplate(text);
  if (!template.ok) return template.position === 0 ? [] : templateSpans(text.slice(0, template.position));
  return template.parts.flatMap((part) => {
    if (part.kind === 'text') return [];
    const { source, position } = part;
    return { from: position - 2, to: position + source.length + 2, source, path: rootedPath(source) };
  });
}

function rootedPath(source: string): PathPart[] | undefined {
  const path = readPath(source);
  return path !== undefined && ROOTS.has(String(path[0])) ? path : undefined;
}

/** Where a `{{` begins that is not closed before the caret; the caret then stands in an expression. */
export function openExpressionAt(text: string, caret: number): number | undefined {
  const span = templateSpans(text).find(({ from, to }) => caret >= from + 2 && caret <= to - 2);
  if (span) return span.from + 2;
  const template = scanTemplate(text.slice(0, caret));
  return template.ok ? undefined : template.position + 2;
}

/** The expression of a value that is a single `{{ … }}` and nothing else. */
export function loneExpression(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const [span, ...others] = templateSpans(value);
  const isAlone = span !== undefined && others.length === 0 && span.from === 0 && span.to === value.length;
  return isAlone ? span.source.trim() : undefined;
}

/** A path as a text holds it. */
export function inBraces(expression: string): string {
  return `{{ ${expression} }}`;
}

/** A text with `{{ }}` as one expression that gives the same: a text is quoted, parts are joined. */
export function toExpression(text: string): string {
  const lone = loneExpression(text);
  if (lone !== undefined) return lone;
  const template = scanTemplate(text);
  if (!template.ok || text === '') return text === '' ? '' : JSON.stringify(text);
  const pieces = template.parts.map((part) =>
    part.kind === 'text' ? JSON.stringify(part.text) : asOperand(part.source),
  );
  // A text beside it makes any value a text.
  return pieces.length > 1 && template.parts.every(({ kind }) => kind === 'expression')
    ? ['""', ...pieces].join(' & ')
    : pieces.join(' & ');
}

function asOperand(source: string): string {
  return readPath(source) === undefined ? `(${source.trim()})` : source.trim();
}

/** Any value of a setting as one expression that gives the same. */
export function valueToExpression(value: unknown): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return toExpression(value);
  return writeValue(value, '');
}

function writeValue(value: unknown, indent: string): string {
  const inner = `${indent}  `;
  if (typeof value === 'string') return value === '' ? '""' : toExpression(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isList = Array.isArray(value);
  const lines = Object.entries(value).map(
    ([key, item]) => inner + (isList ? '' : `${JSON.stringify(key)}: `) + writeValue(item, inner),
  );
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  return lines.length === 0 ? open + close : `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
