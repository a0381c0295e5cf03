import type { WorkflowDefinition, WorkflowVersionView } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { draftsApi } from '../../../api/drafts.api.js';
import { useAsyncState } from '../../../api/useAsyncState.js';
import { useTellError } from '../../../api/useTellError.js';
import { useUrlText } from '../../../app/useUrlText.js';
import { downloadJson } from '../../../ui/download.js';
import { useNotifications } from '../../../ui/notifications.js';
import { useWorkflowVersions } from '../../workflows/useWorkflow.js';
import type { Editor } from '../editor-context.js';
import { changesSince } from '../publish/changes.js';
import { markChanges, unmarked } from './marked.js';
import { fromUrlText, toUrlText, type Side, type ShownVersions } from './shown-versions.js';

/** The versions of the open workflow: which are looked at, and what can be done with them. */
export function useVersions({ workflowId, draft, history, saving }: Editor) {
  const { t } = useI18n();
  const client = useQueryClient();
  const tellError = useTellError();
  const { announce } = useNotifications();
  const { versions, query, queryKey } = useWorkflowVersions(workflowId);
  const text = useUrlText('version');
  const isBusy = ref(false);
  const shown = computed({
    get: () => fromUrlText(text.value),
    set: (next: ShownVersions) => (text.value = toUrlText(next)),
  });
  const live = computed(() => versions.value.find((version) => version.live));

  function definitionOf(side: Side): WorkflowDefinition | undefined {
    if (side === 'draft') return draft.value.definition;
    return versions.value.find(({ version }) => version === side)?.definition;
  }
  const comparison = computed(() => {
    if (shown.value.kind !== 'compare') return undefined;
    const before = definitionOf(shown.value.before);
    const after = definitionOf(shown.value.after);
    if (before === undefined || after === undefined) return undefined;
    const changes = changesSince(before, after);
    return { changes, marked: markChanges(before, after, changes) };
  });
  const onCanvas = computed(() => {
    if (shown.value.kind !== 'preview') return comparison.value?.marked;
    const definition = definitionOf(shown.value.version);
    return definition && unmarked(definition);
  });

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (isBusy.value) return;
    isBusy.value = true;
    try {
      await work();
    } catch (error) {
      tellError(error);
    } finally {
      isBusy.value = false;
    }
  }
  /** Becomes the draft as one edit, so that an undo brings the draft back. */
  function replaceDraft(label: string, definition: WorkflowDefinition, values: Record<string, number>): void {
    history.edit({ key: `editor.versions.edits.${label}`, values }, (now) => ({ ...now, definition }));
    shown.value = { kind: 'list' };
    announce(t(`editor.versions.said.${label}`, values));
  }
  return {
    versions,
    state: useAsyncState(query, queryKey),
    live,
    shown,
    comparison,
    onCanvas,
    isBusy,
    makeLive: ({ version }: WorkflowVersionView) =>
      attempt(async () => {
        saving.noteServer(await draftsApi.makeLive(workflowId, version));
        await client.invalidateQueries({ queryKey: ['workflow', workflowId] });
        void client.invalidateQueries({ queryKey: ['workflows'] });
        announce(t('editor.versions.said.live', { n: version }));
      }),
    copyToDraft: ({ version, definition }: WorkflowVersionView) =>
      replaceDraft('copied', definition, { n: version }),
    discardDraft: () => {
      if (live.value) replaceDraft('discarded', live.value.definition, { n: live.value.version });
    },
    exportFile: (version?: number) =>
      attempt(async () => {
        if (version === undefined) await saving.flush();
        const file = await draftsApi.export(workflowId, version);
        const name = version === undefined ? file.key : `${file.key}-v${version}`;
        downloadJson(`${name}.workflow.json`, file);
      }),
  };
}
export type Versions = ReturnType<typeof useVersions>;
