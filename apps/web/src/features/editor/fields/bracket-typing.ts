import { EditorView } from '@codemirror/view';
import { openExpressionAt } from './template-spans.js';

const TEXT = /"(?:\\.|[^"\\])*"?|'(?:\\.|[^'\\])*'?/g;

/**
 * Whether a `)` that is typed stands there already, as the one that a completed function brought along does: in an
 * expression that opens as many brackets as it closes one more would be too many.
 *
 * @param isTemplate whether only what stands in `{{ }}` is an expression
 */
export function passesBracket(text: string, at: number, isTemplate: boolean): boolean {
  const start = isTemplate ? openExpressionAt(text, at) : 0;
  if (start === undefined || text.charAt(at) !== ')') return false;
  const end = isTemplate ? text.indexOf('}}', at) : text.length;
  const expression = text.slice(start, end < 0 ? text.length : end).replaceAll(TEXT, '');
  return expression.split('(').length === expression.split(')').length;
}

/** Passes over a `)` instead of writing it twice. */
export function bracketTyping({ isTemplate }: { readonly isTemplate: boolean }) {
  return EditorView.inputHandler.of((view, from, to, typed) => {
    if (typed !== ')' || from !== to || view.composing) return false;
    if (!passesBracket(view.state.doc.toString(), from, isTemplate)) return false;
    view.dispatch({ selection: { anchor: from + 1 }, userEvent: 'select', scrollIntoView: true });
    return true;
  });
}
