import {
  acceptCompletion,
  autocompletion,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { Prec } from '@codemirror/state';
import { keymap, type EditorView } from '@codemirror/view';
import { functionNote } from './function-note.js';
import { rankSuggestions } from './suggestion-rank.js';
import { suggestionsFor, type Suggestion } from './suggestions.js';
import { openExpressionAt } from './template-spans.js';

/** What completion knows beside the text. */
export interface Knowledge {
  /** What the expression sees of the sample. */
  readonly scope: () => object;
  /** The line beside a field: its type, the beginning of its value, and whose step it is. */
  readonly describe: (suggestion: Extract<Suggestion, { kind: 'path' }>) => string;
  /** The step whose output comes in; `undefined`: it is the trigger's, or there is none. */
  readonly nearest: () => string | undefined;
  /** The headings of the two groups. */
  readonly headings: () => { readonly data: string; readonly functions: string };
  /** Whether only what stands in `{{ }}` is an expression. */
  readonly isTemplate: boolean;
}

/** Completion of fields and functions. */
export function completion(knowledge: Knowledge) {
  return completionFrom((context) => complete(context, knowledge));
}

/** Completion as every field has it: it changes the text on Enter and Tab only. */
export function completionFrom(...sources: readonly CompletionSource[]) {
  return [
    autocompletion({
      override: sources,
      defaultKeymap: false,
      icons: false,
      maxRenderedOptions: 60,
      activateOnTypingDelay: 30,
      interactionDelay: 0,
    }),
    Prec.highest(
      keymap.of([
        ...completionKeymap.filter(({ key }) => key !== 'Enter'),
        { key: 'Enter', run: acceptCompletion },
        { key: 'Tab', run: acceptCompletion },
      ]),
    ),
  ];
}

function complete(context: CompletionContext, knowledge: Knowledge): CompletionResult | null {
  const text = context.state.doc.toString();
  const start = knowledge.isTemplate ? openExpressionAt(text, context.pos) : 0;
  if (start === undefined) return null;
  const before = text.slice(start, context.pos);
  const found = suggestionsFor(before, knowledge.scope());
  if (found === undefined) return null;
  const typed = before.slice(found.from);
  // In a bare expression the list is not pushed at somebody who only looks; between braces it was asked for.
  if (typed === '' && !context.explicit && !knowledge.isTemplate && !before.endsWith('.')) return null;
  // A word that is complete needs no list, which would take the Tab key.
  if (!context.explicit && found.items.some((item) => item.text === typed)) return null;
  const items = rankSuggestions(found.items, typed, knowledge.nearest());
  if (items.length === 0) return null;
  const { data, functions } = knowledge.headings();
  const sections = { path: { name: data, rank: 0 }, function: { name: functions, rank: 1 } };
  return {
    from: start + found.from,
    options: items.map((item) => ({ ...toCompletion(item, knowledge), section: sections[item.kind] })),
    // They are chosen and ranked here, anew with every letter; once a word is complete the list closes.
    filter: false,
    update: (_before, _from, _to, now) => complete(now, knowledge),
    getMatch: ({ label }) => {
      const at = label.toLocaleLowerCase().indexOf(typed.toLocaleLowerCase());
      return typed === '' || at < 0 ? [] : [at, at + typed.length];
    },
  };
}

function toCompletion(item: Suggestion, { describe, isTemplate }: Knowledge): Completion {
  if (item.kind === 'function') {
    return {
      label: item.text,
      detail: item.about.does,
      info: () => functionNote(item.about),
      apply: (view, _completion, from, to) => insertCall(view, `${item.text}()`, from, to),
    };
  }
  return {
    label: item.text,
    detail: describe(item),
    apply: isTemplate ? (view, _completion, from, to) => insertSpaced(view, item.text, from, to) : item.text,
  };
}

function insertCall(view: EditorView, call: string, from: number, to: number): void {
  const hasBracket = view.state.sliceDoc(to, to + 1) === '(';
  const insert = hasBracket ? call.slice(0, -2) : call;
  const anchor = from + insert.length - (hasBracket ? 0 : 1);
  view.dispatch({ changes: { from, to, insert }, selection: { anchor }, userEvent: 'input.complete' });
}

/** Keeps a blank between the braces and what stands in them. */
function insertSpaced(view: EditorView, text: string, from: number, to: number): void {
  const before = view.state.sliceDoc(from - 1, from) === '{' ? ' ' : '';
  const after = view.state.sliceDoc(to, to + 1) === '}' ? ' ' : '';
  const insert = `${before}${text}${after}`;
  const anchor = from + before.length + text.length;
  view.dispatch({ changes: { from, to, insert }, selection: { anchor }, userEvent: 'input.complete' });
}
