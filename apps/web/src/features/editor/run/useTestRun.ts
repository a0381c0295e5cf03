import type { RunDetail, StepResultView } from '@hookloom/contracts';
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, ref } from 'vue';
import { draftsApi } from '../../../api/drafts.api.js';
import { useLiveStream } from '../../../api/live-stream.js';
import { runsApi } from '../../../api/runs.api.js';
import { useUrlText } from '../../../app/useUrlText.js';
import { isFinished } from '../../runs/useRun.js';

const POLL_MS = 1_000;

/** The last test from this editor: of the whole draft or of one step. It never moves selection or viewport. */
export function useTestRun(workflowId: string) {
  const client = useQueryClient();
  /** A link may bring a run along. */
  const asked = useUrlText('run');
  const runId = ref<string | undefined>(asked.value || undefined);
  /** The step that was tested alone; `undefined`: the whole workflow. */
  const testedStep = ref<string>();
  const isStarting = ref(false);
  const queryKey = computed(() => ['run', runId.value]);
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => runsApi.get(runId.value ?? '', signal),
    enabled: () => runId.value !== undefined,
    refetchInterval: ({ state }) => (state.data && isFinished(state.data.status) ? false : POLL_MS),
  });
  const run = computed((): RunDetail | undefined =>
    runId.value === undefined ? undefined : query.data.value,
  );
  const isUnderWay = computed(
    () => isStarting.value || (runId.value !== undefined && !(run.value && isFinished(run.value.status))),
  );
  useLiveStream(
    () => (isUnderWay.value && runId.value !== undefined ? runsApi.streamUrl(runId.value) : undefined),
    ['step', 'run'],
    () => void client.invalidateQueries({ queryKey: queryKey.value }),
  );
  /** What each step did last in it. */
  const results = computed(
    (): ReadonlyMap<string, StepResultView> =>
      new Map(run.value?.steps.map((result) => [result.stepId, result])),
  );
  async function begin(start: () => Promise<{ runId: string }>, stepId?: string): Promise<void> {
    isStarting.value = true;
    try {
      const begun = await start();
      runId.value = begun.runId;
      testedStep.value = stepId;
    } finally {
      isStarting.value = false;
    }
  }
  return {
    run,
    results,
    isUnderWay,
    testedStep,
    /** @throws what the call throws; the draft must be saved before */
    testWorkflow: (request: Parameters<typeof draftsApi.test>[1]) =>
      begin(() => draftsApi.test(workflowId, request)),
    testStep: (stepId: string, told: { input: unknown; steps: Record<string, unknown> }) =>
      begin(() => draftsApi.testStep(workflowId, stepId, told), stepId),
    /** Ends what is under way. @throws what the call throws */
    async cancel(): Promise<void> {
      if (runId.value === undefined) return;
      await runsApi.cancel(runId.value);
      await client.invalidateQueries({ queryKey: queryKey.value });
    },
    /** Lays an earlier run over the cards. */
    show(id: string): void {
      runId.value = id;
      testedStep.value = undefined;
    },
    clear(): void {
      runId.value = undefined;
      testedStep.value = undefined;
    },
  };
}
export type TestRun = ReturnType<typeof useTestRun>;
