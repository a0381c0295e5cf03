import type { ComputedRef, ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useNotifications } from '../../../ui/notifications.js';
import type { StepFacts } from '../document/draft.js';
import { beyondAll, copySteps, parseFragment, pasteSteps } from '../document/edits/copy.js';
import { deleteSteps } from '../document/edits/delete-steps.js';
import type { DraftHistory } from '../saving/useHistory.js';
import { focusStep } from './focus-step.js';

interface Parts {
  readonly history: DraftHistory;
  readonly facts: ComputedRef<StepFacts>;
  readonly selected: ShallowRef<ReadonlySet<string>>;
}

/** Copy, cut and paste as JSON, so that steps travel between tabs and servers. */
export function useClipboardActions({ history, facts, selected }: Parts) {
  const { t } = useI18n();
  const { announce } = useNotifications();

  /** @returns the text for the clipboard; `undefined`: nothing is chosen */
  function copyText(ids: readonly string[]): string | undefined {
    const fragment = copySteps(history.draft.value, ids);
    if (fragment === undefined) return undefined;
    announce(t('editor.said.copy', { n: fragment.steps.length }, fragment.steps.length));
    return JSON.stringify(fragment);
  }
  return {
    copyText,
    cutText(ids: readonly string[]): string | undefined {
      const text = copyText(ids);
      history.edit({ key: 'editor.edits.cut', values: { n: ids.length } }, (draft) =>
        deleteSteps(draft, ids, facts.value),
      );
      selected.value = new Set();
      return text;
    },
    /** @returns whether the text held steps */
    pasteText(text: string): boolean {
      const fragment = parseFragment(text);
      if (fragment === undefined) return false;
      let made: readonly string[] = [];
      history.edit({ key: 'editor.edits.paste', values: { n: fragment.steps.length } }, (draft) => {
        const pasted = pasteSteps(draft, fragment, beyondAll(draft), facts.value);
        made = pasted.ids;
        return pasted.draft;
      });
      selected.value = new Set(made);
      const [first] = made;
      if (first !== undefined) focusStep(first);
      return true;
    },
  };
}
