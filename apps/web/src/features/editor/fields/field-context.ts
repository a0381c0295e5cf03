import { inject, provide, type ComputedRef, type InjectionKey } from 'vue';
import type { Kind } from '../../../ui/step-icons.js';
import type { Previewer } from '../preview/previewer.js';

/** How a step is called and drawn where a field refers to it. */
export interface StepLabel {
  readonly name: string;
  readonly kind: Kind;
  readonly icon: string | undefined;
}

/** What the fields of one step share. */
export interface FieldContext {
  /** What expressions of this step see, of the sample: an object with `trigger`, `steps`, `input`, `vars`, `run`. */
  readonly scope: ComputedRef<object>;
  /** Id of the step whose output comes in; `undefined`: it is the trigger's, or there is none. */
  readonly nearest: ComputedRef<string | undefined>;
  /** All steps by id. */
  readonly steps: ComputedRef<ReadonlyMap<string, StepLabel>>;
  /** The step that starts the run; `undefined` while there is none. */
  readonly trigger: ComputedRef<StepLabel | undefined>;
  readonly previewer: Previewer;
}

const KEY: InjectionKey<FieldContext> = Symbol('fields');

export function provideFieldContext(context: FieldContext): void {
  provide(KEY, context);
}

/** @throws outside a step's form */
export function useFieldContext(): FieldContext {
  const context = inject(KEY);
  if (context === undefined) throw new Error('There is no form of a step around this field.');
  return context;
}
