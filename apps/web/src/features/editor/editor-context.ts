import type { WorkflowProblem } from '@hookloom/contracts';
import { inject, provide, type ComputedRef, type InjectionKey, type Ref, type ShallowRef } from 'vue';
import type { EditorActions } from './actions/useEditorActions.js';
import type { Linking } from './actions/useLinking.js';
import type { Catalog } from './catalog/step-facts.js';
import type { KnownData } from './data/scope.js';
import type { Pins } from './data/usePins.js';
import type { Draft, StepFacts } from './document/draft.js';
import type { Calm } from './page/useCalm.js';
import type { PaletteState } from './palette/usePalette.js';
import type { Sample } from './run/useSample.js';
import type { Tests } from './run/useTests.js';
import type { TestRun } from './run/useTestRun.js';
import type { DraftHistory } from './saving/useHistory.js';
import type { Saving } from './saving/useSaving.js';
import type { StepRow } from './useStepRows.js';

/** An open workflow: what every part of the editor works with. */
export interface Editor {
  readonly workflowId: string;
  readonly draft: ComputedRef<Draft>;
  readonly history: DraftHistory;
  readonly saving: Saving;
  readonly catalog: ComputedRef<Catalog>;
  readonly facts: ComputedRef<StepFacts>;
  /** The steps in the order they run, with how they look. */
  readonly rows: ComputedRef<readonly StepRow[]>;
  readonly problems: ComputedRef<readonly WorkflowProblem[]>;
  readonly selected: ShallowRef<ReadonlySet<string>>;
  /** The step whose panel is open; kept in the page's address. */
  readonly openStep: Ref<string>;
  /** The field that a problem led to; its panel focuses it and clears this. */
  readonly wantedField: ShallowRef<string | undefined>;
  readonly palette: PaletteState;
  readonly run: TestRun;
  readonly sample: Sample;
  /** Outputs that tests of the draft take instead of doing the step. */
  readonly pins: Pins;
  /** What is known of the workflow's data; `useSampleScope` makes of it what one step sees. */
  readonly known: ComputedRef<KnownData>;
  readonly tests: Tests;
  readonly actions: EditorActions;
  readonly linking: Linking;
  /** Whether the field to find steps by is open. */
  readonly isFinding: Ref<boolean>;
  /** Whether the publish dialog is open. */
  readonly isPublishing: Ref<boolean>;
  /** Which problems are shown at their fields. */
  readonly calm: Calm;
  /** Whether the settings of the workflow are open, in place of a step's panel. */
  readonly settingsShown: Ref<boolean>;
}

const KEY: InjectionKey<Editor> = Symbol('editor');

export function provideEditor(editor: Editor): void {
  provide(KEY, editor);
}

/** @throws outside an open editor */
export function useEditor(): Editor {
  const editor = inject(KEY);
  if (editor === undefined) throw new Error('There is no open editor around this component.');
  return editor;
}
