import type { FormField } from '@hookloom/contracts';
import { shallowRef, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useTellError } from '../../../api/useTellError.js';
import { useNotifications } from '../../../ui/notifications.js';
import { eventTriggerOf, manualFieldsOf } from '../../manual-run/manual-trigger.js';
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

/** What a person is asked for before a test begins. */
export interface AskedInput {
  readonly fields: readonly FormField[];
  /** What was filled in, or sent, before. */
  readonly before: unknown;
}

/** Tests of the draft, for real: what is being edited is saved first, and why a test did not begin is told. */
export function useTests({ draft, saving, run, sample, known }: Parts) {
  const { t } = useI18n();
  const { announceError } = useNotifications();
  const tellError = useTellError();

  async function begin(test: () => Promise<void>): Promise<void> {
    if (run.isUnderWay.value) return;
    try {
      if (await saving.flush()) await test();
      else announceError(t('editor.testUnsaved'));
    } catch (error) {
      tellError(error);
    }
  }
  /** Fields of the trigger that a person starts by; undefined while nobody is asked for them. */
  const asked = shallowRef<AskedInput>();
  let lastInput: unknown;

  /** A sample event starts at the trigger of events, where there is one; else a person says what it begins with. */
  function asksFirst(): boolean {
    const { definition } = draft.value;
    const isSampled = sample.trigger.value !== undefined && eventTriggerOf(definition) !== undefined;
    return sample.eventId.value === undefined && !isSampled && manualFieldsOf(definition).length > 0;
  }
  function ask(): void {
    if (run.isUnderWay.value) return;
    const before = bodyOf(sample.trigger.value) ?? lastInput;
    asked.value = { fields: manualFieldsOf(draft.value.definition), before };
  }
  function testWithSample(): Promise<void> {
    const { definition } = draft.value;
    const eventId = sample.eventId.value;
    if (eventId !== undefined) return run.testWorkflow({ eventId });
    const input = bodyOf(sample.trigger.value);
    if (input === undefined) return run.testWorkflow({});
    const trigger = manualFieldsOf(definition).length > 0 ? eventTriggerOf(definition)?.id : undefined;
    return run.testWorkflow({ input, ...(trigger === undefined ? {} : { trigger }) });
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
      tellError(error);
    }
  }
  return {
    cancel,
    asked,
    workflow: () => (asksFirst() ? ask() : begin(testWithSample)),
    /** Tests with what was filled in. @throws what the call throws */
    async withInput(input: Readonly<Record<string, unknown>>): Promise<void> {
      lastInput = input;
      if (!(await saving.flush())) return announceError(t('editor.testUnsaved'));
      await run.testWorkflow({ input });
    },
    step: (stepId: string) => begin(() => run.testStep(stepId, toldTo(stepId))),
  };
}
export type Tests = ReturnType<typeof useTests>;

/** The body of a sample: a run without an event has it as its input. */
function bodyOf(trigger: unknown): unknown {
  return typeof trigger === 'object' && trigger !== null && 'body' in trigger ? trigger.body : undefined;
}
