import { computed, shallowRef } from 'vue';
import type { Draft } from '../document/draft.js';
import { amend, newHistory, record, redo, sealed, undo, type EditLabel } from '../document/history.js';

/** The one undo history of an open workflow. */
export function useHistory(initial: Draft) {
  const history = shallowRef(newHistory(initial));
  return {
    draft: computed(() => history.value.present),
    /** What would be undone and done again; `undefined`: nothing. */
    undoLabel: computed(() => history.value.past.at(-1)?.label),
    redoLabel: computed(() => history.value.future[0]?.label),
    /** @param group edits of the same group that follow one another are undone together */
    edit(label: EditLabel, change: (draft: Draft) => Draft, group?: string): void {
      history.value = record(history.value, change(history.value.present), label, group);
    },
    /** Ends the group of the last edit. */
    seal(): void {
      history.value = sealed(history.value);
    },
    undo(): void {
      history.value = undo(history.value);
    },
    redo(): void {
      history.value = redo(history.value);
    },
    /** Takes in what is no edit, in every state that can be gone back to. */
    amend(change: (draft: Draft) => Draft): void {
      history.value = amend(history.value, change);
    },
  };
}
export type DraftHistory = ReturnType<typeof useHistory>;
