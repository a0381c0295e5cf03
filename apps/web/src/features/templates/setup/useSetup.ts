import type { TemplateView, WorkflowSetup, WorkflowSetupUpdate } from '@hookloom/contracts';
import { useQueryClient } from '@tanstack/vue-query';
import { computed, ref, type ComputedRef } from 'vue';
import { useEndpoints } from '../../../api/lookups.js';
import { templatesApi } from '../../../api/templates.api.js';
import { useTellError } from '../../../api/useTellError.js';
import { useConnections } from '../../connections/useConnections.js';
import { useEditor } from '../../editor/editor-context.js';
import { checklistOf, shownFields } from './checklist.js';

/** How far the open workflow's setup is, read anew whenever the workflow changes; what was ticked off is kept. */
export function useSetup(template: ComputedRef<TemplateView>, begun: WorkflowSetup) {
  const { workflowId, draft, saving, sample, problems } = useEditor();
  const client = useQueryClient();
  const tellError = useTellError();
  const setup = ref<WorkflowSetupUpdate>(begun);
  const { query, connections } = useConnections();
  const { byKey } = useEndpoints();
  const endpoint = computed(() => {
    const trigger = draft.value.definition.steps.find(({ config }) => typeof config['endpoint'] === 'string');
    const key = trigger?.config['endpoint'];
    return typeof key === 'string' ? byKey.value.get(key) : undefined;
  });
  const facts = computed(() => ({
    template: template.value,
    definition: draft.value.definition,
    connections: connections.value,
    problems: problems.value,
    hasSecret: endpoint.value?.hasSecret === true,
    hasEvent: sample.events.value.length > 0,
    isLive: saving.server.value.liveVersion !== null,
    setup: setup.value,
  }));

  async function keep(change: Partial<WorkflowSetupUpdate>): Promise<void> {
    const { done, skipped, closed } = { ...setup.value, ...change };
    setup.value = { done, skipped, closed };
    try {
      await templatesApi.saveSetup(workflowId, { done, skipped, closed });
      void client.invalidateQueries({ queryKey: ['workflow', workflowId] });
    } catch (error) {
      tellError(error);
    }
  }
  const including = (list: readonly string[], id: string) => [...new Set([...list, id])];
  return {
    /** Whether the connections are known: before, nothing can be said about them. */
    isReady: query.isSuccess,
    endpoint,
    items: computed(() => checklistOf(facts.value)),
    fields: computed(() => shownFields(facts.value)),
    isClosed: computed(() => setup.value.closed),
    tickOff: (id: string) => keep({ done: including(setup.value.done, id) }),
    skip: (id: string) => keep({ skipped: including(setup.value.skipped, id) }),
    close: () => keep({ closed: true }),
    open: () => keep({ closed: false }),
  };
}
export type Setup = ReturnType<typeof useSetup>;
