import type { WorkflowEdge } from '@hookloom/contracts';
import { nextTick } from 'vue';
import { useI18n } from 'vue-i18n';
import { findStep, type Draft, type Point } from '../document/draft.js';
import { renameStep, setDisabled } from '../document/edits/change-steps.js';
import { connect, disconnect } from '../document/edits/connect.js';
import { copySteps, duplicateSteps, pasteSteps, type Pasted } from '../document/edits/copy.js';
import { deleteSteps } from '../document/edits/delete-steps.js';
import { insertLoose } from '../document/edits/insert-loose.js';
import { moveSteps } from '../document/edits/move.js';
import { refusalOf } from '../document/graph.js';
import { useAnnouncer } from '../useAnnouncer.js';
import { focusStep } from './focus-step.js';
import { useActionParts, type ActionParts, type EditorParts } from './action-parts.js';
import { addActions } from './add-actions.js';
import { moveActions } from './move-actions.js';
import { sectionActions } from './section-actions.js';
import { useClipboardActions } from './useClipboardActions.js';

/** Everything a person can do to the steps, the same from canvas, outline, keyboard and panel. */
export function useEditorActions(editorParts: EditorParts) {
  const parts = useActionParts(editorParts);
  const { edit, select, open } = parts;
  return {
    edit,
    select,
    open,
    /** What a command is about: the given step, or all that are chosen if it is among them or none is given. */
    meant(stepId: string | undefined): readonly string[] {
      const chosen = [...parts.selected.value];
      return stepId === undefined || chosen.includes(stepId) ? chosen : [stepId];
    },
    ...useClipboardActions(editorParts),
    ...addActions(parts),
    ...moveActions(parts),
    ...sectionActions(parts),
    ...stepActions(parts),
    ...lineActions(parts),
    ...useTimeTravel(parts),
  };
}
export type EditorActions = ReturnType<typeof useEditorActions>;

function stepActions({ edit, select, nameOf, say, history, facts, order, openStep }: ActionParts) {
  function copied(ids: readonly string[], copy: (draft: Draft) => Pasted): void {
    let made: readonly string[] = [];
    edit({ key: 'editor.edits.duplicate', values: { n: ids.length } }, (draft) => {
      const copies = copy(draft);
      made = copies.ids;
      return copies.draft;
    });
    if (made.length === 0) return;
    select(made);
    say('duplicate', { n: made.length });
    focusStep(made[0] ?? '');
  }
  return {
    rename: (id: string, name: string) =>
      edit({ key: 'editor.edits.rename', values: { name: nameOf(id) } }, (draft) =>
        renameStep(draft, id, name),
      ),
    remove(ids: readonly string[]): void {
      const [first] = ids;
      if (first === undefined) return;
      const name = nameOf(first);
      const next = neighbourOf(order(), ids);
      edit({ key: 'editor.edits.delete', values: { n: ids.length, name } }, (draft) =>
        deleteSteps(draft, ids, facts.value),
      );
      say('delete', { n: ids.length, name });
      if (ids.includes(openStep.value)) openStep.value = '';
      select(next === undefined ? [] : [next]);
      if (next !== undefined) focusStep(next);
    },
    duplicate: (ids: readonly string[]) => copied(ids, (draft) => duplicateSteps(draft, ids, facts.value)),
    /** Leaves copies of steps some way off, as dragging with Alt does. */
    copyBy: (ids: readonly string[], by: Point) =>
      copied(ids, (draft) => {
        const fragment = copySteps(draft, ids);
        if (fragment === undefined) return { draft, ids: [] };
        const places = Object.values(fragment.positions);
        const x = Math.min(...places.map((place) => place.x)) + by.x;
        const y = Math.min(...places.map((place) => place.y)) + by.y;
        return pasteSteps(draft, fragment, { x, y }, facts.value);
      }),
    toggleDisabled(ids: readonly string[]): void {
      const isOn = ids.some((id) => findStep(history.draft.value, id)?.disabled !== true);
      const key = isOn ? 'disable' : 'enable';
      edit({ key: `editor.edits.${key}`, values: { n: ids.length } }, (draft) =>
        setDisabled(draft, ids, isOn),
      );
      say(key, { n: ids.length });
    },
  };
}

function lineActions({ edit, nameOf, say, refuse, history, facts }: ActionParts) {
  const names = ({ source, target }: WorkflowEdge) => ({ from: nameOf(source), to: nameOf(target) });
  return {
    connect(edge: WorkflowEdge): void {
      const refusal = refusalOf(history.draft.value, edge, facts.value);
      if (refusal !== undefined) return refuse(refusal);
      edit({ key: 'editor.edits.connect' }, (draft: Draft) => connect(draft, edge, facts.value));
      say('connect', names(edge));
    },
    /** Puts a step that was connected to nothing on an edge, where it was dropped. */
    insertLoose(id: string, edge: WorkflowEdge, at: Point): void {
      edit({ key: 'editor.edits.insert', values: { name: nameOf(id) } }, (draft) =>
        insertLoose(moveSteps(draft, { [id]: at }), id, edge, facts.value),
      );
      say('insert', { name: nameOf(id), ...names(edge) });
    },
    disconnect(edge: WorkflowEdge): void {
      const said = names(edge);
      edit({ key: 'editor.edits.disconnect' }, (draft: Draft) => disconnect(draft, edge));
      say('disconnect', said);
    },
  };
}

function useTimeTravel({ history, select, selected, openStep, order }: ActionParts) {
  const { t } = useI18n();
  const { announce } = useAnnouncer();
  function travel(way: 'undo' | 'redo'): void {
    const label = way === 'undo' ? history.undoLabel.value : history.redoLabel.value;
    if (label === undefined) return;
    history[way]();
    announce(t(`editor.said.${way}`, { what: t(label.key, { ...label.values }) }));
    const isGone = (id: string) => findStep(history.draft.value, id) === undefined;
    if (isGone(openStep.value)) openStep.value = '';
    select([...selected.value].filter((id) => !isGone(id)));
    void nextTick(() => {
      if (document.activeElement === document.body) focusStep([...selected.value, ...order()][0] ?? '');
    });
  }
  return { undo: () => travel('undo'), redo: () => travel('redo') };
}

/** Who gets the focus when steps go: the one before the first of them. */
function neighbourOf(order: readonly string[], gone: readonly string[]): string | undefined {
  const at = order.findIndex((id) => gone.includes(id));
  const before = order.slice(0, Math.max(0, at)).findLast((id) => !gone.includes(id));
  return before ?? order.slice(at).find((id) => !gone.includes(id));
}
