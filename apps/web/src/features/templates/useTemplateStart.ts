import { useQueryClient } from '@tanstack/vue-query';
import { ref } from 'vue';
import { useRouter } from 'vue-router';
import { templatesApi } from '../../api/templates.api.js';
import { useTellError } from '../../api/useTellError.js';

/** Makes a workflow from a template and opens it with its setup. */
export function useTemplateStart() {
  const router = useRouter();
  const client = useQueryClient();
  const tellError = useTellError();
  const isBusy = ref(false);

  async function start(slug: string): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      const workflow = await templatesApi.use(slug);
      await router.push({ name: 'edit', params: { id: workflow.id } });
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
      void client.invalidateQueries({ queryKey: ['workflows'] });
      void client.invalidateQueries({ queryKey: ['endpoints'] });
    }
  }
  return { isBusy, start };
}
