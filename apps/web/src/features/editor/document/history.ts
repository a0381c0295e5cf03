import type { Draft } from './draft.js';

/** What an edit is called, as a text key with its values: "Undo: move 3 steps". */
export interface EditLabel {
  readonly key: string;
  readonly values?: Readonly<Record<string, string | number>>;
}

interface Entry {
  readonly label: EditLabel;
  /** The draft before the edit (in the past) or after it (in the future). */
  readonly draft: Draft;
  readonly group: string | undefined;
}

/** One stack of edits for the whole editor; saving neither empties nor marks it. */
export interface History {
  readonly past: readonly Entry[];
  readonly present: Draft;
  readonly future: readonly Entry[];
}

/** How many edits can be undone. */
export const HISTORY_LENGTH = 200;

export function newHistory(draft: Draft): History {
  return { past: [], present: draft, future: [] };
}

/**
 * Notes an edit. Edits of the same `group` that follow one another, such as typing in one field, are undone together.
 */
export function record(history: History, draft: Draft, label: EditLabel, group?: string): History {
  if (draft === history.present) return history;
  const last = history.past.at(-1);
  const isMore = group !== undefined && last?.group === group && history.future.length === 0;
  const entry = { label, draft: history.present, group };
  const past = isMore ? history.past : [...history.past, entry].slice(-HISTORY_LENGTH);
  return { past, present: draft, future: [] };
}

export function undo(history: History): History {
  const entry = history.past.at(-1);
  if (entry === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: entry.draft,
    future: [{ ...entry, draft: history.present }, ...history.future],
  };
}

export function redo(history: History): History {
  const [entry, ...future] = history.future;
  if (entry === undefined) return history;
  return {
    past: [...history.past, { ...entry, draft: history.present, group: undefined }],
    present: entry.draft,
    future,
  };
}

/** Ends the group of the last edit: what is typed next is an edit of its own. */
export function sealed(history: History): History {
  const last = history.past.at(-1);
  if (last?.group === undefined) return history;
  return { ...history, past: [...history.past.slice(0, -1), { ...last, group: undefined }] };
}

/** Applies what is no edit, such as what the server filled in, to the present and to every state before and after. */
export function amend(history: History, change: (draft: Draft) => Draft): History {
  const amended = (entry: Entry) => ({ ...entry, draft: change(entry.draft) });
  return {
    past: history.past.map(amended),
    present: change(history.present),
    future: history.future.map(amended),
  };
}
