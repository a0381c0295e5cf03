import { type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { eventsApi } from '../../../api/events.api.js';
import { useErrorSentences } from '../../../api/useErrorSentences.js';
import { useNotifications } from '../../../ui/notifications.js';
import type { Draft } from '../document/draft.js';
import { edgesInto } from '../document/graph.js';
import type { Saving } from '../saving/useSaving.js';
import type { Sample } from './useSample.js';
import type { TestRun } from './useTestRun.js';

interface Parts {
  readonly draft: ComputedRef<Draft>;
  readonly saving: Saving;
  readonly run: TestRun;
  readonly sample: Sample;
}

/** Tests of the draft, for real: what is being edited is saved first, and why a test did not begin is told. */
export function useTests({ draft, saving, run, sample }: Parts) {
  const { t } = useI18n();
  const { announceError } = useNotifications();
  const toSentences = useErrorSentences();

  async function begin(test: () => Promise<void>): Promise<void> {
    if (run.isUnderWay.value) return;
    try {
      if (await saving.flush()) await test();
      else announceError(t('editor.testUnsaved'));
    } catch (error) {
      const { title, text } = toSentences(error);
      announceError([title, text].filter(Boolean).join(' '));
    }
  }
  /** What the step would get: what it got in the test that is shown, the output before it, or the sample. */
  async function inputOf(stepId: string): Promise<unknown> {
    const own = run.results.value.get(stepId)?.input;
    if (own !== undefined) return own;
    const [edge] = edgesInto(draft.value, stepId);
    const before = edge ? run.results.value.get(edge.source)?.output : undefined;
    if (before !== undefined) return before;
    const { eventId } = sample;
    return eventId.value === undefined ? undefined : (await eventsApi.get(eventId.value)).body;
  }
  return {
    workflow: () => begin(() => run.testWorkflow(sample.eventId.value)),
    step: (stepId: string) => begin(async () => run.testStep(stepId, await inputOf(stepId))),
  };
}
export type Tests = ReturnType<typeof useTests>;
