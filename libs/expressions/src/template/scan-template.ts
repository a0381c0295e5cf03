import { findExpressionEnd, type ScanEnd } from './jsonata-scanner.js';

/** A piece of a field's text. `position`: index of the source's first character in the field. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly position: number };

/** A field's text taken apart, or the `{{` that never ends. */
export type Template =
  | { readonly ok: true; readonly parts: readonly TemplatePart[] }
  | { readonly ok: false; readonly message: string; readonly position: number };

type Open = Extract<ScanEnd, { found: false }>['why'];

const UNCLOSED: Readonly<Record<Open, string>> = {
  braces: 'The {{ here has no closing }}. Add }} after the expression, or write \\{{ for two plain braces.',
  string: 'The {{ here has no closing }}: a text in quotes before it is never closed. Add the missing quote.',
  comment: 'The {{ here has no closing }}: a comment before it is never closed. Add the missing */.',
  name: 'The {{ here has no closing }}: a name in backticks before it is never closed. Add the missing backtick.',
  regex: 'The {{ here has no closing }}: a regular expression before it is never closed. Add the missing /.',
};

/**
 * Takes a text with `{{ }}` apart. `\{{` is a literal `{{`; braces inside the expression are balanced as JSONata
 * reads them. A text without `{{` is one part; an empty text is none.
 */
export function scanTemplate(text: string): Template {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  for (let open = text.indexOf('{{'); open >= 0; open = text.indexOf('{{', at)) {
    if (open > at && text.charAt(open - 1) === '\\') {
      literal += `${text.slice(at, open - 1)}{{`;
      at = open + 2;
      continue;
    }
    const start = open + 2;
    const end = findExpressionEnd(text, start);
    if (!end.found) return { ok: false, message: UNCLOSED[end.why], position: open };
    literal += text.slice(at, open);
    if (literal !== '') parts.push({ kind: 'text', text: literal });
    parts.push({ kind: 'expression', source: text.slice(start, end.end), position: start });
    literal = '';
    at = end.end + 2;
  }
  literal += text.slice(at);
  if (literal !== '') parts.push({ kind: 'text', text: literal });
  return { ok: true, parts };
}
