import { type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useErrorSentences } from '../../../api/useErrorSentences.js';
import { useNotifications } from '../../../ui/notifications.js';
import { scopeOf, type KnownData } from '../data/scope.js';
import type { Draft } from '../document/draft.js';
import type { Saving } from '../saving/useSaving.js';
import type { Sample } from './useSample.js';
import type { TestRun } from './useTestRun.js';

interface Parts {
  readonly draft: ComputedRef<Draft>;
  readonly saving: Saving;
  readonly run: TestRun;
  readonly sample: Sample;
  readonly known: ComputedRef<KnownData>;
}

/** Tests of the draft, for real: what is being edited is saved first, and why a test did not begin is told. */
export function useTests({ draft, saving, run, sample, known }: Parts) {
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
  /** What a preview sees, so that a test gives what the preview promised; in a loop, the item of the test shown. */
  const toldTo = (stepId: string) => {
    const { input, steps } = scopeOf(draft.value, stepId, known.value);
    return { input: input ?? run.results.value.get(stepId)?.input, steps };
  };
  async function cancel(): Promise<void> {
    try {
      await run.cancel();
    } catch (error) {
      const { title, text } = toSentences(error);
      announceError([title, text].filter(Boolean).join(' '));
    }
  }
  return {
    cancel,
    workflow: () => begin(() => run.testWorkflow(sample.eventId.value, bodyOf(sample.trigger.value))),
    step: (stepId: string) => begin(() => run.testStep(stepId, toldTo(stepId))),
  };
}
export type Tests = ReturnType<typeof useTests>;

/** The body of a sample: a run without an event has it as its input. */
function bodyOf(trigger: unknown): unknown {
  return typeof trigger === 'object' && trigger !== null && 'body' in trigger ? trigger.body : undefined;
}
