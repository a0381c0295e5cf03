import { computed, onScopeDispose, watch, type ComputedRef } from 'vue';
import { useEditor } from '../editor-context.js';
import { Previewer, startPreviewWorker } from '../preview/previewer.js';
import { provideFieldContext, type StepLabel } from './field-context.js';

/** Gives the fields below what they share: the sample, the other steps' names, and the worker of their previews. */
export function useStepFields(scope: ComputedRef<object>, nearest: ComputedRef<string | undefined>): void {
  const { rows } = useEditor();
  const previewer = new Previewer(startPreviewWorker);
  watch(scope, (now) => previewer.setScope(JSON.stringify(now)), { immediate: true });
  onScopeDispose(() => previewer.close());
  const labels = computed(() => rows.value.map(({ id, name, kind, icon }) => ({ id, name, kind, icon })));
  // Rows are made anew with every edit; chips are drawn anew only when a name or an icon changed.
  const steps = computed((before?: ReadonlyMap<string, StepLabel>) => {
    const now = new Map(labels.value.map(({ id, ...label }) => [id, label]));
    return before && JSON.stringify([...before]) === JSON.stringify([...now]) ? before : now;
  });
  const trigger = computed(() => {
    const first = rows.value.find(({ isTrigger }) => isTrigger);
    return first && steps.value.get(first.id);
  });
  provideFieldContext({ scope, nearest, steps, trigger, previewer });
}
