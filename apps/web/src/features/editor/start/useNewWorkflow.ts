import { useQueryClient } from '@tanstack/vue-query';
import { useFileDialog } from '@vueuse/core';
import { ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { useRouter } from 'vue-router';
import { aDefinition, draftsApi } from '../../../api/drafts.api.js';
import { useErrorSentences } from '../../../api/useErrorSentences.js';
import { useNotifications } from '../../../ui/notifications.js';

const TRIGGER = { id: 'webhook', type: 'trigger.webhook', config: {} };

/** Begins workflows and opens them in the editor. */
export function useNewWorkflow() {
  const { t } = useI18n();
  const router = useRouter();
  const client = useQueryClient();
  const { announce, announceError } = useNotifications();
  const toSentences = useErrorSentences();
  const isBusy = ref(false);

  async function attempt(begin: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await begin();
    } catch (error) {
      const { title, text } = toSentences(error);
      announceError([title, text].filter(Boolean).join(' '));
    } finally {
      isBusy.value = false;
      void client.invalidateQueries({ queryKey: ['workflows'] });
      void client.invalidateQueries({ queryKey: ['endpoints'] });
    }
  }
  async function importFile(file: File): Promise<void> {
    const documents = readJson(await file.text());
    if (documents === undefined) return announceError(t('editor.start.notJson', { file: file.name }));
    const { workflows } = await draftsApi.importAll(documents);
    announce(t('editor.start.imported', { n: workflows.length }, workflows.length));
    const [first, ...others] = workflows;
    if (first && others.length === 0) await router.push({ name: 'edit', params: { id: first.id } });
  }
  const { open, onChange } = useFileDialog({
    accept: 'application/json,.json',
    multiple: false,
    reset: true,
  });
  onChange((files) => {
    const file = files?.item(0);
    if (file) void attempt(() => importFile(file));
  });
  return {
    isBusy,
    /** A trigger with a URL of its own; its panel opens, since the URL is what comes next. */
    startWithWebhook: () =>
      attempt(async () => {
        const trigger = { ...TRIGGER, name: t('editor.start.triggerName') };
        const workflow = await draftsApi.create({
          name: t('editor.start.name'),
          definition: aDefinition([trigger]),
        });
        await router.push({ name: 'edit', params: { id: workflow.id }, query: { step: trigger.id } });
      }),
    pickTemplate: () => router.push({ name: 'templates' }),
    chooseFile: () => open(),
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
