import { useQueryClient } from '@tanstack/vue-query';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { aDefinition, draftsApi } from '../../../api/drafts.api.js';
import { useTellError } from '../../../api/useTellError.js';

const TRIGGER = { id: 'webhook', type: 'trigger.webhook', config: {} };

/** Begins a workflow with a trigger that has a URL of its own, and opens its panel: the URL is what comes next. */
export function useNewWorkflow() {
  const { t } = useI18n();
  const router = useRouter();
  const client = useQueryClient();
  const tellError = useTellError();
  const isBusy = ref(false);

  async function startWithWebhook(): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      const trigger = { ...TRIGGER, name: t('editor.start.triggerName') };
      const definition = aDefinition([trigger]);
      const { id } = await draftsApi.create({ name: t('editor.start.name'), definition });
      await router.push({ name: 'edit', params: { id }, query: { step: trigger.id } });
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
      void client.invalidateQueries({ queryKey: ['workflows'] });
      void client.invalidateQueries({ queryKey: ['endpoints'] });
    }
  }
  return { isBusy, startWithWebhook };
}
