import { startCompletion } from '@codemirror/autocomplete';
import { EditorView } from '@codemirror/view';
import { openExpressionAt } from './template-spans.js';

/** What typing one character does beyond writing it: text to insert, and where the caret goes. */
export interface TypedBraces {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
  readonly caret: number;
}

/**
 * The second `{` brings its `}}` along; a `}` typed before braces that stand there already passes over them.
 *
 * @returns nothing where the character is simply written
 */
export function typedBraces(text: string, at: number, typed: string): TypedBraces | undefined {
  if (typed === '{' && text.charAt(at - 1) === '{' && !'{\\'.includes(text.charAt(at - 2) || ' ')) {
    if (text.startsWith('}}', at) || openExpressionAt(text, at - 1) !== undefined) return undefined;
    return { from: at, to: at, insert: '{}}', caret: at + 1 };
  }
  if (typed !== '}') return undefined;
  if (text.charAt(at - 1) === '}' && text.charAt(at) === '}') {
    return { from: at, to: at + 1, insert: '}', caret: at + 1 };
  }
  const blanks = /^\s*(?=\}\})/.exec(text.slice(at))?.[0];
  const isExpression = blanks !== undefined && openExpressionAt(text, at) !== undefined;
  return isExpression
    ? { from: at + blanks.length, to: at + blanks.length, insert: '', caret: at + blanks.length + 1 }
    : undefined;
}

/** Closes `{{` while it is typed, and offers what may stand in it. */
export const braceTyping = EditorView.inputHandler.of((view, from, to, typed) => {
  if (from !== to || view.composing) return false;
  const braces = typedBraces(view.state.doc.toString(), from, typed);
  if (braces === undefined) return false;
  view.dispatch({
    changes: { from: braces.from, to: braces.to, insert: braces.insert },
    selection: { anchor: braces.caret },
    userEvent: 'input.type',
    scrollIntoView: true,
  });
  if (typed === '{') startCompletion(view);
  return true;
});
