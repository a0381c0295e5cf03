import { useQuery } from '@tanstack/vue-query';
import { computed, type ComputedRef } from 'vue';
import { runsApi } from '../../../api/runs.api.js';
import { variablesApi } from '../../../api/variables.api.js';
import type { Catalog } from '../catalog/step-facts.js';
import type { Draft, StepFacts } from '../document/draft.js';
import type { Sample } from '../run/useSample.js';
import type { TestRun } from '../run/useTestRun.js';
import type { Saving } from '../saving/useSaving.js';
import type { KnownData } from './scope.js';
import type { Pins } from './usePins.js';

interface Parts {
  readonly workflowId: string;
  readonly draft: ComputedRef<Draft>;
  readonly catalog: ComputedRef<Catalog>;
  readonly facts: ComputedRef<StepFacts>;
  readonly saving: Saving;
  readonly run: TestRun;
  readonly sample: Sample;
  readonly pins: Pins;
}

/** Kinds of steps that hand their input on while nothing else is known of them. */
const PASSING_KINDS = new Set(['logic', 'wait']);
/** Stands for a run that was not begun. */
const EXAMPLE_RUN_ID = '00000000-0000-7000-8000-000000000000';

/** All that is known of a workflow's data before, between and after its runs. */
export function useKnownData(parts: Parts): ComputedRef<KnownData> {
  const { draft, catalog, facts, saving, run, sample } = parts;
  const outputs = useKnownOutputs(parts);
  const { data: variables } = useQuery({
    queryKey: ['variables'],
    queryFn: ({ signal }) => variablesApi.list(signal),
    staleTime: 30_000,
  });
  const vars = computed(() =>
    Object.fromEntries((variables.value?.items ?? []).map(({ key, value }) => [key, value])),
  );
  return computed(() => ({
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
  }));
}

/** What each step is known to give: pinned, else of the run that is shown, else of the newest run that succeeded. */
function useKnownOutputs({ workflowId, run, pins }: Parts): ComputedRef<ReadonlyMap<string, unknown>> {
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
    const given = results.filter(({ output, status }) => output !== undefined && status === 'succeeded');
    return new Map([...given.map(({ stepId, output }) => [stepId, output] as const), ...pins.outputs.value]);
  });
}
