import type { FormField, WorkflowDefinition, WorkflowSummary } from '@hookloom/contracts';
import { ref, shallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { draftsApi } from '../../api/drafts.api.js';
import { useTellError } from '../../api/useTellError.js';
import { useNotifications } from '../../ui/notifications.js';
import { manualFieldsOf, manualTriggerOf } from './manual-trigger.js';

type Runnable = Pick<WorkflowSummary, 'id' | 'name' | 'status' | 'liveVersion'>;

/** A run by hand that waits for what it begins with. */
export interface AskedRun {
  readonly workflow: Runnable;
  readonly fields: readonly FormField[];
}

/** Starts live workflows by hand: at once, or after the fields of their trigger were filled in. Then shows the run. */
export function useManualRun() {
  const { t } = useI18n();
  const router = useRouter();
  const { announceError } = useNotifications();
  const tellError = useTellError();
  const asked = shallowRef<AskedRun>();
  const isBusy = ref(false);

  async function begin(id: string, input?: unknown): Promise<void> {
    const { runId } = await draftsApi.run(id, input === undefined ? {} : { input });
    await router.push({ name: 'run', params: { id: runId } });
  }
  async function start(workflow: Runnable): Promise<void> {
    const definition = await liveDefinition(workflow);
    const fields = definition && manualFieldsOf(definition);
    if (definition === undefined || fields === undefined || manualTriggerOf(definition) === undefined)
      announceError(t('manualRun.noTrigger', { name: workflow.name }));
    else if (fields.length > 0) asked.value = { workflow, fields };
    else await begin(workflow.id);
  }
  return {
    asked,
    isBusy,
    begin,
    /** Starts it, or asks first. Why it cannot be started is told. */
    async run(workflow: Runnable): Promise<void> {
      isBusy.value = true;
      try {
        await start(workflow);
      } catch (error) {
        tellError(error);
      } finally {
        isBusy.value = false;
      }
    },
  };
}

/** The workflow as it is live; the draft may ask for something else. */
async function liveDefinition({ id, liveVersion }: Runnable): Promise<WorkflowDefinition | undefined> {
  return liveVersion === null ? undefined : (await draftsApi.export(id, liveVersion)).definition;
}
