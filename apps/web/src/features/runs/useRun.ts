import { FINISHED_RUN_STATUSES, type RunStatus, type WorkflowStep } from '@hookloom/contracts';
import { useQuery, useQueryClient } from '@tanstack/vue-query';
import { computed, readonly, ref, toValue, watchEffect, type MaybeRefOrGetter } from 'vue';
import { useLiveStream } from '../../api/live-stream.js';
import { runsApi } from '../../api/runs.api.js';
import { useWorkflow, useWorkflowVersions } from '../workflows/useWorkflow.js';

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
    () => void client.invalidateQueries({ queryKey: queryKey.value }),
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

/** The workflow of a run, and its steps as they were in the version that ran. */
export function useRunWorkflow(
  run: MaybeRefOrGetter<{ workflowId: string; version: number | null } | undefined>,
) {
  const workflowId = computed(() => toValue(run)?.workflowId);
  const { workflow } = useWorkflow(
    () => workflowId.value ?? '',
    () => workflowId.value !== undefined,
  );
  const { versions } = useWorkflowVersions(workflowId);
  const steps = computed((): ReadonlyMap<string, WorkflowStep> => {
    const version = versions.value.find((each) => each.version === toValue(run)?.version);
    const definition = version?.definition ?? workflow.value?.definition;
    return new Map(definition?.steps.map((step) => [step.id, step]));
  });
  return { workflow, steps };
}
