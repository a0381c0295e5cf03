import type { StepResultView } from '@hookloom/contracts';
import { useQueries, useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { samplesApi } from '../../../api/samples.api.js';
import { useTellError } from '../../../api/useTellError.js';
import { useNotifications } from '../../../ui/notifications.js';
import type { StepRow } from '../useStepRows.js';

interface Parts {
  readonly workflowId: string;
  /** What the steps did in the run that is shown. */
  readonly results: ComputedRef<ReadonlyMap<string, StepResultView>>;
  /** Brings the draft to the server; whether it is there. A step can only be pinned where the server knows it. */
  readonly flush: () => Promise<boolean>;
}

/** Outputs pinned to steps of the draft: tests take them instead of doing the step. Live runs never see them. */
export function usePins({ workflowId, results, flush }: Parts) {
  const client = useQueryClient();
  const { t } = useI18n();
  const { announce, announceError } = useNotifications();
  const tellError = useTellError();
  const queryKey = ['samples', workflowId];
  const { data } = useQuery({ queryKey, queryFn: ({ signal }) => samplesApi.list(workflowId, signal) });
  const pinned = computed(() => (data.value?.items ?? []).filter(({ kind }) => kind === 'output'));
  const stepIds = computed(() => new Set(pinned.value.map(({ name }) => name)));
  const views = useQueries({
    queries: computed(() =>
      pinned.value.map(({ id, updatedAt }) => ({
        queryKey: [...queryKey, id, updatedAt],
        queryFn: ({ signal }: { signal: AbortSignal }) => samplesApi.get(workflowId, id, signal),
        staleTime: Infinity,
      })),
    ),
  });
  const outputs = computed((): ReadonlyMap<string, unknown> => {
    const known = views.value.flatMap(({ data: view }) => (view ? [[view.name, view.value] as const] : []));
    return new Map(known.filter(([stepId]) => stepIds.value.has(stepId)));
  });

  async function change(said: string, act: () => Promise<unknown>): Promise<boolean> {
    try {
      await act();
      announce(said);
      return true;
    } catch (error) {
      tellError(error);
      return false;
    } finally {
      await client.invalidateQueries({ queryKey, exact: true });
    }
  }
  /** Pins any JSON value; whether it was pinned. */
  async function pinValue(stepId: string, value: unknown): Promise<boolean> {
    if (!(await flush())) {
      announceError(t('editor.testUnsaved'));
      return false;
    }
    return change(t('editor.data.pinned'), () => samplesApi.pin(workflowId, stepId, value));
  }
  return {
    stepIds,
    /** What is pinned, by step id. */
    outputs,
    isPinned: (stepId: string) => stepIds.value.has(stepId),
    pinValue,
    /** Pins what the step gave in the run that is shown, or unpins it; where neither can be, says why. */
    async toggle(row: StepRow): Promise<boolean> {
      const { id } = row;
      if (stepIds.value.has(id))
        return change(t('editor.data.unpinned'), () => samplesApi.unpin(workflowId, id));
      const output = results.value.get(id)?.output;
      if (isPinnable(row) && output !== undefined) return pinValue(id, output);
      announceError(t(isPinnable(row) ? 'editor.data.pinNothing' : 'editor.data.pinNever'));
      return false;
    },
  };
}

/** Which way a run goes on is decided anew in each, and a trigger has its sample. */
export function isPinnable({ isTrigger, handles }: StepRow): boolean {
  return !isTrigger && handles.length === 1;
}
export type Pins = ReturnType<typeof usePins>;
