import { shallowRef, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { anEdge, type Draft, type StepFacts } from '../document/draft.js';
import { refusalOf } from '../document/graph.js';
import { useAnnouncer } from '../useAnnouncer.js';
import type { StepRow } from '../useStepRows.js';

/** A connection that is being made without a mouse: shown, and not made before it is confirmed. */
export interface Link {
  readonly source: string;
  readonly handle: string;
  readonly target: string;
}

interface Parts {
  readonly draft: ComputedRef<Draft>;
  readonly facts: ComputedRef<StepFacts>;
  readonly rows: ComputedRef<readonly StepRow[]>;
}

/** The steps that a handle of a step may be connected to, in the order they run. */
export function linkTargets(
  { draft, facts, rows }: { draft: Draft; facts: StepFacts; rows: readonly StepRow[] },
  source: string,
  handle: string,
): StepRow[] {
  return rows.filter(({ id }) => refusalOf(draft, anEdge(source, handle, id), facts) === undefined);
}

/** Connecting from the keyboard: up and down choose the step, left and right the way out. */
export function useLinking({ draft, facts, rows }: Parts) {
  const { t } = useI18n();
  const { announce } = useAnnouncer();
  const state = shallowRef<Link>();
  const rowOf = (id: string) => rows.value.find((row) => row.id === id);
  const targetsOf = (source: string, handle: string) =>
    linkTargets({ draft: draft.value, facts: facts.value, rows: rows.value }, source, handle);

  function show(link: Link): void {
    state.value = link;
    const from = rowOf(link.source);
    const way = from?.handles.find(({ id }) => id === link.handle)?.label ?? link.handle;
    announce(t('editor.said.linking', { from: from?.name, way, to: rowOf(link.target)?.name }));
  }
  return {
    state,
    begin(source: string): void {
      const from = rowOf(source);
      const ways = from?.handles.toSorted((a, b) => Number(b.isFree) - Number(a.isFree)) ?? [];
      for (const { id: handle } of ways) {
        const targets = targetsOf(source, handle);
        const next = targets.find(({ number }) => number > (from?.number ?? 0)) ?? targets[0];
        if (next) return show({ source, handle, target: next.id });
      }
      announce(t('editor.said.noLink', { name: from?.name }));
    },
    /** @param by 1: the next step that may follow, -1: the one before */
    chooseTarget(by: 1 | -1): void {
      const link = state.value;
      if (link === undefined) return;
      const targets = targetsOf(link.source, link.handle);
      const at = targets.findIndex(({ id }) => id === link.target);
      const next = targets[(at + by + targets.length) % targets.length];
      if (next) show({ ...link, target: next.id });
    },
    chooseWay(by: 1 | -1): void {
      const link = state.value;
      const ways = link && (rowOf(link.source)?.handles ?? []);
      if (link === undefined || ways === undefined || ways.length < 2) return;
      const at = ways.findIndex(({ id }) => id === link.handle);
      const handle = ways[(at + by + ways.length) % ways.length]?.id ?? link.handle;
      const targets = targetsOf(link.source, handle);
      const target = targets.find(({ id }) => id === link.target) ?? targets[0];
      if (target) show({ ...link, handle, target: target.id });
    },
    /** Ends it. @returns the connection to make */
    take(): Link | undefined {
      const link = state.value;
      state.value = undefined;
      return link;
    },
  };
}
export type Linking = ReturnType<typeof useLinking>;
