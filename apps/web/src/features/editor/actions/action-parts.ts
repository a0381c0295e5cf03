import type { ComputedRef, Ref, ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { stepName } from '../../workflows/outline.js';
import type { Catalog } from '../catalog/step-facts.js';
import { findStep, type Draft, type StepFacts } from '../document/draft.js';
import type { ConnectionRefusal } from '../document/graph.js';
import type { EditLabel } from '../document/history.js';
import type { DraftHistory } from '../saving/useHistory.js';
import { useAnnouncer } from '../useAnnouncer.js';

/** What the actions work on. */
export interface EditorParts {
  readonly history: DraftHistory;
  readonly catalog: ComputedRef<Catalog>;
  readonly facts: ComputedRef<StepFacts>;
  /** Step ids in the order they run. */
  readonly order: () => readonly string[];
  readonly selected: ShallowRef<ReadonlySet<string>>;
  readonly openStep: Ref<string>;
}

/** What all actions share: one way to edit, to choose and to say what happened. */
export function useActionParts(parts: EditorParts) {
  const { history, selected, openStep } = parts;
  const { t } = useI18n();
  const { announce } = useAnnouncer();
  function select(ids: Iterable<string>): void {
    selected.value = new Set(ids);
  }
  return {
    ...parts,
    t,
    /** @returns whether anything changed */
    edit(label: EditLabel, change: (draft: Draft) => Draft, group?: string): boolean {
      const before = history.draft.value;
      history.edit(label, change, group);
      return history.draft.value !== before;
    },
    nameOf(id: string): string {
      const step = findStep(history.draft.value, id);
      return step ? stepName(step) : id;
    },
    select,
    open(id: string): void {
      select([id]);
      openStep.value = id;
    },
    say(what: string, values: Readonly<Record<string, string | number>> = {}): void {
      announce(t(`editor.said.${what}`, values, Number(values['n'] ?? 1)));
    },
    refuse(refusal: ConnectionRefusal): void {
      announce(t(`editor.refusals.${refusal}`));
    },
  };
}
export type ActionParts = ReturnType<typeof useActionParts>;
