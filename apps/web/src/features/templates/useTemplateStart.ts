import { useQueryClient } from '@tanstack/vue-query';
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { templatesApi } from '../../api/templates.api.js';
import { useErrorSentences } from '../../api/useErrorSentences.js';
import { useNotifications } from '../../ui/notifications.js';

/** Makes a workflow from a template and opens it with its setup. */
export function useTemplateStart() {
  const router = useRouter();
  const client = useQueryClient();
  const { announceError } = useNotifications();
  const toSentences = useErrorSentences();
  const isBusy = ref(false);

  async function start(slug: string): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      const workflow = await templatesApi.use(slug);
      await router.push({ name: 'edit', params: { id: workflow.id } });
    } catch (error) {
      const { title, text } = toSentences(error);
      announceError([title, text].filter(Boolean).join(' '));
    } finally {
      isBusy.value = false;
      void client.invalidateQueries({ queryKey: ['workflows'] });
      void client.invalidateQueries({ queryKey: ['endpoints'] });
    }
  }
  return { isBusy, start };
}
