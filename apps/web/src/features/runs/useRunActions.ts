import type { RunDetail } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref, toValue, type MaybeRefOrGetter } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { replaysApi } from '../../api/replays.api.js';
import { runsApi, type RetryChoice } from '../../api/runs.api.js';
import { useTellError } from '../../api/useTellError.js';
import { useNotifications } from '../../ui/notifications.js';
import { isFinished } from './useRun.js';

/** What a person can do with one run; what was refused is told. */
export function useRunActions(source: MaybeRefOrGetter<RunDetail>) {
  const { t } = useI18n();
  const router = useRouter();
  const client = useQueryClient();
  const tellError = useTellError();
  const { announce } = useNotifications();
  const isBusy = ref(false);
  const run = computed(() => toValue(source));
  const canCancel = computed(() => !isFinished(run.value.status));
  /** Only an event or a person's input can be given once more. */
  const canRunAgain = computed(
    () => !canCancel.value && (run.value.eventId !== undefined || run.value.kind === 'manual'),
  );

  async function attempt(said: string, work: () => Promise<string>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      const runId = await work();
      announce(said);
      await client.invalidateQueries({ queryKey: ['run', run.value.id] });
      void client.invalidateQueries({ queryKey: ['runs'] });
      if (runId !== run.value.id) await router.push({ name: 'run', params: { id: runId } });
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
    }
  }
  async function beginAgain(): Promise<string> {
    const { id, workflowId, eventId, version, steps } = run.value;
    const draft = version === null;
    if (eventId !== undefined) {
      const [runId = id] = await replaysApi.one(eventId, { workflowId, draft });
      return runId;
    }
    const trigger = steps[0];
    const start = { trigger: trigger?.stepId ?? '', input: bodyOf(trigger?.output), draft };
    return (await runsApi.start(workflowId, start)).runId;
  }
  return {
    isBusy,
    canCancel,
    canRunAgain,
    retry: (how: RetryChoice) =>
      attempt(t('run.said.retried'), async () => (await runsApi.retry(run.value.id, how)).runId),
    cancel: () => attempt(t('run.said.cancelled'), async () => (await runsApi.cancel(run.value.id)).runId),
    runAgain: () => attempt(t('run.said.again'), beginAgain),
  };
}
function bodyOf(output: unknown): unknown {
  return typeof output === 'object' && output !== null && 'body' in output ? output.body : undefined;
}
