import type { PreviewedSetting } from '@hookloom/expressions/preview';
import { computed, onScopeDispose, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue';
import { useFieldContext } from '../fields/field-context.js';
import { missingPaths } from './missing-paths.js';
import type { PreviewAnswer } from './preview-messages.js';

/** Long enough to gather fast key strokes, short enough to be there at once when they end. */
const PAUSE_MS = 60;

/**
 * What a setting gives on the sample, a moment after the last change. The last answer stands until the next.
 *
 * @param setting `undefined`: there is nothing to evaluate
 */
export function useFieldPreview(setting: MaybeRefOrGetter<PreviewedSetting | undefined>) {
  const { scope, previewer } = useFieldContext();
  const asker = Symbol('field');
  const answer = shallowRef<PreviewAnswer | 'stopped'>();
  const current = computed(() => toValue(setting));
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function ask(asked: PreviewedSetting): Promise<void> {
    const outcome = await previewer.ask(asker, asked);
    if (outcome !== 'superseded' && current.value !== undefined) answer.value = outcome;
  }
  const key = computed(() => (current.value === undefined ? undefined : JSON.stringify(current.value)));
  watch(
    [key, scope],
    () => {
      clearTimeout(timer);
      const json = key.value;
      if (json === undefined) answer.value = undefined;
      // A copy: what a worker is sent must hold nothing of Vue's.
      else timer = setTimeout(() => void ask(JSON.parse(json)), PAUSE_MS);
    },
    { immediate: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  const missing = computed(() =>
    current.value === undefined ? [] : missingPaths(current.value, scope.value),
  );
  return { answer, missing };
}
