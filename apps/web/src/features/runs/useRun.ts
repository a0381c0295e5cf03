import { FINISHED_RUN_STATUSES, type RunStatus, type WorkflowStep } from '@hookloom/contracts';
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, readonly, ref, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useLiveStream } from '../../api/live-stream.js';
import { runsApi } from '../../api/runs.api.js';
import { useWorkflow } from '../workflows/useWorkflow.js';

const POLL_MS = 5_000;
const SELDOM_MS = 30_000;

/** Whether a run is over; only a person's retry makes it go on. */
export function isFinished(status: RunStatus): boolean {
  return FINISHED_RUN_STATUSES.some((finished) => finished === status);
}

/** One run with its steps; follows its stream while it is under way. */
export function useRun(id: MaybeRefOrGetter<string>) {
  const client = useQueryClient();
  const queryKey = computed(() => ['run', toValue(id)]);
  const followed = ref<string>();
  const isUnderWay = ref(true);
  const { isOpen } = useLiveStream(
    followed,
    ['step', 'run'],
    () => void client.invalidateQueries({ queryKey: queryKey.value, exact: true }),
  );
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => runsApi.get(toValue(id), signal),
    // A finished run changes only when somebody retries it.
    refetchInterval: () => (isOpen.value || !isUnderWay.value ? SELDOM_MS : POLL_MS),
  });
  watchEffect(() => {
    isUnderWay.value = query.data.value !== undefined && !isFinished(query.data.value.status);
    followed.value = isUnderWay.value ? runsApi.streamUrl(toValue(id)) : undefined;
  });
  return { query, queryKey, run: query.data, isUnderWay: readonly(isUnderWay), isLive: isOpen };
}

/** The workflow of a run, and what the run itself follows: its version, or the draft as it was. */
export function useRunWorkflow(run: MaybeRefOrGetter<{ id: string; workflowId: string } | undefined>) {
  const workflowId = computed(() => toValue(run)?.workflowId);
  const runId = computed(() => toValue(run)?.id);
  const { workflow } = useWorkflow(
    () => workflowId.value ?? '',
    () => workflowId.value !== undefined,
  );
  const { data: definition } = useQuery({
    queryKey: computed(() => ['run-definition', runId.value]),
    queryFn: ({ signal }) => runsApi.definition(runId.value ?? '', signal),
    enabled: () => runId.value !== undefined,
    staleTime: Infinity,
  });
  const steps = computed(
    (): ReadonlyMap<string, WorkflowStep> => new Map(definition.value?.steps.map((step) => [step.id, step])),
  );
  return { workflow, definition, steps };
}
