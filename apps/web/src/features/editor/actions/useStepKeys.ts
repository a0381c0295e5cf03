import type { WorkflowEdge } from '@hookloom/contracts';
import { useEventListener } from '@vueuse/core';
import type { Ref } from 'vue';
import { isArrow, nudgeBy, stepTowards, type Arrow } from '../canvas/navigation.js';
import { useEditor } from '../editor-context.js';
import { focusStep, isTyping, stepOf } from './focus-step.js';
import { useStepClipboard } from './useStepClipboard.js';

/** What only the canvas can do. */
interface ViewKeys {
  fit(): void;
  zoomIn(): void;
  zoomOut(): void;
  actualSize(): void;
  minimap(): void;
  note(): void;
  chosenEdge(): WorkflowEdge | undefined;
}

/** Keys of the canvas and the outline; they act only while one of the two has the focus. */
export function useStepKeys(root: Ref<HTMLElement | null>, view?: ViewKeys) {
  const { draft, selected, openStep, wantedField, actions, palette, tests } = useEditor();

  /** What a key acts on: the step with the focus, or all that are chosen if it is among them. */
  function targets({ target }: { readonly target: EventTarget | null }): string[] {
    const focused = stepOf(target);
    const chosen = [...selected.value];
    return focused === undefined || chosen.includes(focused) ? chosen : [focused];
  }
  function remove(event: KeyboardEvent): void {
    const edge = view?.chosenEdge();
    if (edge) actions.disconnect(edge);
    else actions.remove(targets(event));
  }
  function choose(event: KeyboardEvent, place = actions.placeForNext(stepOf(event.target))): void {
    const from = event.target instanceof Element && stepOf(event.target) ? event.target : root.value;
    if (from) palette.openAt(from, place);
  }
  function onStep(event: KeyboardEvent, act: (id: string) => void): void {
    const [id] = targets(event);
    if (id !== undefined) act(id);
  }
  function arrow(event: KeyboardEvent, key: Arrow): void {
    if (event.altKey) return void actions.nudge(targets(event), nudgeBy(key, event.shiftKey));
    onStep(event, (id) => {
      const next = stepTowards(draft.value, id, key);
      if (next === undefined) return;
      actions.select(event.shiftKey ? [...selected.value, next] : [next]);
      focusStep(next);
    });
  }
  function escape(): void {
    if (openStep.value !== '') openStep.value = '';
    else actions.select([]);
  }

  const plain: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    n: choose,
    '/': choose,
    r: (event) => onStep(event, (stepId) => choose(event, { kind: 'replace', stepId })),
    e: (event) => actions.toggleDisabled(targets(event)),
    t: (event) => onStep(event, (id) => (actions.open(id), void tests.step(id))),
    F2: (event) => onStep(event, (id) => (actions.open(id), (wantedField.value = 'name'))),
    Delete: remove,
    Backspace: remove,
    Escape: escape,
    f: () => view?.fit(),
    '0': () => view?.actualSize(),
    '+': () => view?.zoomIn(),
    '=': () => view?.zoomIn(),
    '-': () => view?.zoomOut(),
    m: () => view?.minimap(),
  };
  const shifted: Readonly<Record<string, (event: KeyboardEvent) => void>> = {
    T: () => actions.tidy(),
    N: () => view?.note(),
    '+': () => view?.zoomIn(),
    '/': choose,
  };

  function handle(event: KeyboardEvent): void {
    if (isTyping(event.target)) return;
    if (isArrow(event.key)) {
      event.preventDefault();
      return arrow(event, event.key);
    }
    if (event.ctrlKey || event.metaKey) {
      const withCtrl = { d: () => actions.duplicate(targets(event)), enter: () => void tests.workflow() };
      const chosenAct = Object.entries(withCtrl).find(([key]) => key === event.key.toLowerCase())?.[1];
      if (chosenAct === undefined) return;
      event.preventDefault();
      return chosenAct();
    }
    const act = event.altKey ? undefined : (event.shiftKey ? shifted : plain)[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act(event);
  }
  useEventListener(root, 'keydown', handle);

  useStepClipboard(root, () => targets({ target: document.activeElement }));
}
