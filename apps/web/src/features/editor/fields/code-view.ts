import { history, historyKeymap, standardKeymap } from '@codemirror/commands';
import { setDiagnostics } from '@codemirror/lint';
import { Annotation, EditorState, Transaction, type Extension } from '@codemirror/state';
import { dropCursor, EditorView, keymap, placeholder, tooltips } from '@codemirror/view';
import { codeLook } from './code-look.js';
import { droppedPath, takesPath } from './field-focus.js';

/** What a field of text is made with; later changes go through the functions below. */
export interface CodeViewOptions {
  readonly parent: HTMLElement;
  readonly text: string;
  readonly isMultiline: boolean;
  readonly placeholder: string;
  /** What is particular to the field: its language, its chips, its completion. */
  readonly extensions: readonly Extension[];
  readonly attributes: Extension;
  readonly onChange: (text: string) => void;
  /** How a path is written into this field. */
  readonly toInsert: (path: string) => string;
}

/** Marks a change that came from outside, which is not told back. */
const fromOutside = Annotation.define<true>();

export function createCodeView(options: CodeViewOptions): EditorView {
  const { parent, text, isMultiline, extensions, attributes, onChange } = options;
  return new EditorView({
    parent,
    state: EditorState.create({
      doc: text,
      extensions: [
        attributes,
        extensions,
        codeLook,
        history(),
        dropCursor(),
        tooltips({ position: 'fixed', parent: document.body }),
        EditorView.lineWrapping,
        options.placeholder === '' ? [] : placeholder(options.placeholder),
        isMultiline ? [] : oneLine,
        keymap.of([...historyKeymap, ...standardKeymap]),
        dropping(options.toInsert),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          const isOurs = transactions.some(
            (one) => one.docChanged && one.annotation(fromOutside) === undefined,
          );
          if (docChanged && isOurs) onChange(state.doc.toString());
        }),
      ],
    }),
  });
}

/** Keeps a text on one line: line breaks that are pasted become blanks, and Enter is for completion only. */
const oneLine: Extension = [
  EditorState.transactionFilter.of((transaction) => {
    if (transaction.newDoc.lines <= 1) return transaction;
    const changes = [];
    for (let line = 1; line < transaction.newDoc.lines; line += 1) {
      const { to } = transaction.newDoc.line(line);
      changes.push({ from: to, to: to + 1, insert: ' ' });
    }
    return [transaction, { changes, sequential: true }];
  }),
  keymap.of([{ key: 'Enter', run: () => true }]),
];

function dropping(toInsert: CodeViewOptions['toInsert']): Extension {
  return EditorView.domEventHandlers({
    dragenter: takesPath,
    dragover: takesPath,
    drop: (event, view) => {
      const path = droppedPath(event);
      if (path === undefined) return false;
      const at = view.posAtCoords({ x: event.clientX, y: event.clientY }) ?? view.state.doc.length;
      insertAt(view, toInsert(path), { from: at, to: at });
      event.preventDefault();
      return true;
    },
  });
}

/** Writes where the caret stands, over what is chosen, and takes the focus. */
export function insertAtCaret(view: EditorView, text: string): void {
  insertAt(view, text, view.state.selection.main);
}

function insertAt(
  view: EditorView,
  text: string,
  { from, to }: { readonly from: number; readonly to: number },
): void {
  view.dispatch({
    changes: { from, to, insert: text },
    selection: { anchor: from + text.length },
    userEvent: 'input.drop',
    scrollIntoView: true,
  });
  view.focus();
}

/** Shows a text that was changed elsewhere; the caret stays where it can. */
export function showText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  const caret = Math.min(view.state.selection.main.head, text.length);
  view.dispatch({
    changes: { from: 0, to: view.state.doc.length, insert: text },
    selection: { anchor: caret },
    annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)],
  });
}

/** What is wrong in a text. `position`: index of the character behind the word at fault. */
export interface TextProblem {
  readonly message: string;
  readonly position: number;
}

/** Underlines the word at fault, or nothing. */
export function showProblem(view: EditorView, problem: TextProblem | undefined): void {
  const { state } = view;
  if (problem === undefined) return view.dispatch(setDiagnostics(state, []));
  const [from, to] = wordBefore(state.doc.toString(), problem.position);
  view.dispatch(setDiagnostics(state, [{ from, to, severity: 'error', message: problem.message }]));
}

/** The word that ends at a place, else the character before it, else the one behind it. */
export function wordBefore(text: string, at: number): [from: number, to: number] {
  const to = Math.min(Math.max(at, 0), text.length);
  const word = /[$\p{L}\p{N}_]+$/u.exec(text.slice(0, to))?.[0].length ?? 1;
  const from = Math.max(0, to - word);
  return from === to ? [from, Math.min(to + 1, text.length)] : [from, to];
}
