import { computed, toValue, type ComputedRef, type MaybeRefOrGetter } from 'vue';
import { useEditor } from '../editor-context.js';
import { scopeOf, type SampleScope } from './scope.js';

export type { SampleScope } from './scope.js';

/** What expressions of a step would see: the sample, and what the steps before are known to give. */
export function useSampleScope(stepId: MaybeRefOrGetter<string>): ComputedRef<SampleScope> {
  const { draft, known } = useEditor();
  return computed(() => scopeOf(draft.value, toValue(stepId), known.value));
}
