import type { WorkflowSummary } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { draftsApi } from '../../api/drafts.api.js';
import { joinSentences, useErrorSentences } from '../../api/useErrorSentences.js';
import { downloadJson } from '../../ui/download.js';
import { useNotifications } from '../../ui/notifications.js';

/** What can be done with many workflows at once. */
export type BulkAction = 'publish' | 'pause' | 'resume' | 'duplicate' | 'delete';

export interface BulkFailure {
  readonly name: string;
  readonly why: string;
}

const CALLS: Readonly<Record<BulkAction, (id: string) => Promise<unknown>>> = {
  publish: (id) => draftsApi.publish(id),
  pause: draftsApi.pause,
  resume: draftsApi.resume,
  duplicate: draftsApi.copy,
  delete: draftsApi.delete,
};
const SIDE_BY_SIDE = 4;

/** Which workflows an action can be done with. */
export function fitting(action: BulkAction, workflows: readonly WorkflowSummary[]): WorkflowSummary[] {
  if (action === 'pause') return workflows.filter(({ status }) => status === 'live');
  if (action === 'resume') return workflows.filter(({ status }) => status === 'paused');
  return [...workflows];
}

/** Does one thing with many workflows, a few at a time; what fails is told one by one and stops nothing else. */
export function useWorkflowBulk() {
  const { t } = useI18n();
  const client = useQueryClient();
  const toSentences = useErrorSentences();
  const { announce, announceError } = useNotifications();
  const done = ref(0);
  const total = ref(0);
  const failures = ref<BulkFailure[]>([]);
  const isBusy = computed(() => total.value > 0);

  const explain = (error: unknown) => joinSentences(toSentences(error));
  async function forEach(
    workflows: readonly WorkflowSummary[],
    work: (workflow: WorkflowSummary) => Promise<unknown>,
  ): Promise<void> {
    const left = [...workflows];
    done.value = 0;
    total.value = workflows.length;
    failures.value = [];
    const next = async (): Promise<void> => {
      for (let workflow = left.shift(); workflow; workflow = left.shift()) {
        const { name } = workflow;
        await work(workflow).catch((error: unknown) => failures.value.push({ name, why: explain(error) }));
        done.value += 1;
      }
    };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, next));
    total.value = 0;
    await client.invalidateQueries({ queryKey: ['workflows'] });
    for (const { id } of workflows) void client.invalidateQueries({ queryKey: ['workflow', id] });
  }
  return {
    isBusy,
    done,
    total,
    failures,
    async act(action: BulkAction, workflows: readonly WorkflowSummary[]): Promise<void> {
      const wanted = fitting(action, workflows);
      await forEach(wanted, ({ id }) => CALLS[action](id));
      const n = wanted.length - failures.value.length;
      if (n > 0) announce(t(`workflows.bulk.done.${action}`, { n }, n));
      const [first] = failures.value;
      if (first) announceError(t('workflows.bulk.failed', { n: failures.value.length, ...first }));
    },
    /** One file: the workflow itself, or a list of them. */
    async exportAll(workflows: readonly WorkflowSummary[]): Promise<void> {
      const files: Awaited<ReturnType<typeof draftsApi.export>>[] = [];
      await forEach(workflows, async ({ id }) => files.push(await draftsApi.export(id)));
      const [first] = files;
      if (first === undefined) return;
      if (files.length === 1) downloadJson(`${first.key}.workflow.json`, first);
      else downloadJson(`${files.length}-workflows.json`, files);
    },
  };
}
