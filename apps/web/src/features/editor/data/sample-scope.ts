import { useQuery } from '@tanstack/vue-query';
import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { runsApi } from '../../../api/runs.api.js';
import { variablesApi } from '../../../api/variables.api.js';
import { useEditor } from '../editor-context.js';
import { scopeOf, type SampleScope } from './scope.js';

export type { SampleScope } from './scope.js';

/** Kinds of steps that hand their input on while nothing else is known of them. */
const PASSING_KINDS = new Set(['logic', 'wait']);

/** Stands for a run that was not begun. */
const EXAMPLE_RUN_ID = '00000000-0000-7000-8000-000000000000';

/** What expressions of a step would see: the sample, and what the steps before are known to give. */
export function useSampleScope(stepId: MaybeRefOrGetter<string>): ComputedRef<SampleScope> {
  const { draft, facts, catalog, sample, saving, run } = useEditor();
  const outputs = useKnownOutputs();
  const { data: variables } = useQuery({
    queryKey: ['variables'],
    queryFn: ({ signal }) => variablesApi.list(signal),
    staleTime: 30_000,
  });
  const vars = computed(() =>
    Object.fromEntries((variables.value?.items ?? []).map(({ key, value }) => [key, value])),
  );
  return computed(() =>
    scopeOf(draft.value, toValue(stepId), {
      trigger: sample.trigger.value,
      outputs: outputs.value,
      vars: vars.value,
      run: {
        id: run.run.value?.id ?? EXAMPLE_RUN_ID,
        workflowKey: saving.server.value.key,
        workflowName: draft.value.name,
        startedAt: run.run.value?.startedAt ?? sample.startedAt,
      },
      isTrigger: ({ type }) => facts.value.isTrigger(type),
      passesOn: ({ type }) => PASSING_KINDS.has(catalog.value.get(type)?.kind ?? ''),
    }),
  );
}

/** What each step is known to give: pinned, else of the run that is shown, else of the newest run before. */
function useKnownOutputs(): ComputedRef<ReadonlyMap<string, unknown>> {
  const { workflowId, run } = useEditor();
  const { data: earlier } = useQuery({
    queryKey: ['run', 'earlier', workflowId],
    queryFn: async ({ signal }) => {
      const { items } = await runsApi.list({ workflowId, status: 'succeeded' }, { limit: 1 }, signal);
      return items[0] === undefined ? null : runsApi.get(items[0].id, signal);
    },
    staleTime: 30_000,
  });
  return computed(() => {
    const results = [...(earlier.value?.steps ?? []), ...run.results.value.values()];
    const known = results.filter(({ output, status }) => output !== undefined && status === 'succeeded');
    return new Map(known.map(({ stepId, output }) => [stepId, output]));
  });
}
