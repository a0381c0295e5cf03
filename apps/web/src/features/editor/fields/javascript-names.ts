import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { completionPath } from '@codemirror/lang-javascript';
import type { EditorView } from '@codemirror/view';
import { toJavaScriptName } from './javascript-path.js';

/** What is known of the names that the code sees. */
export interface JavaScriptKnowledge {
  /** What the code sees of the sample. */
  readonly scope: () => object;
  /** The line beside a name: its type, the beginning of its value, and whose step it is. */
  readonly describe: (path: readonly string[], example: unknown) => string;
}

/** The names that code sees and, behind a dot, the fields that are there in the sample. */
export function javascriptNames(
  context: CompletionContext,
  { scope, describe }: JavaScriptKnowledge,
): CompletionResult | null {
  const at = completionPath(context);
  if (at === null) return null;
  const options = fieldsOf(at.path.reduce<unknown>(fieldOf, scope())).flatMap(([name, example]) => {
    const path = [...at.path, name];
    return toOption(name, { isRoot: at.path.length === 0, detail: describe(path, example) });
  });
  if (options.length === 0) return null;
  return { from: context.pos - at.name.length, options, validFor: /^[\p{L}\p{N}_$-]*$/u };
}

function fieldsOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return new Map(fieldsOf(value)).get(name);
}

function toOption(name: string, { isRoot, detail }: { isRoot: boolean; detail: string }): Completion[] {
  const written = toJavaScriptName(name);
  if (written.startsWith('.')) return [{ label: name, detail }];
  // What is no name of the language stands in brackets, in the place of the dot.
  return isRoot
    ? []
    : [{ label: name, detail, apply: (view, _, from, to) => bracket(view, written, from, to) }];
}

function bracket(view: EditorView, insert: string, from: number, to: number): void {
  const changes = { from: from - 1, to, insert };
  view.dispatch({ changes, selection: { anchor: from - 1 + insert.length }, userEvent: 'input.complete' });
}
