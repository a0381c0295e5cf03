import { WorkflowDefinition } from '@hookloom/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aDraft, aStep, facts, hook } from './facts.fixture.js';
import { filledIn } from './filled-in.js';
import { edgeKey, findStep, type Draft, type Positions } from './draft.js';
import { addStep, addStepAfter, insertStep } from './edits/add-steps.js';
import { changeStepId } from './edits/change-step-id.js';
import {
  renameStep,
  renameWorkflow,
  replaceStep,
  setConfig,
  setDisabled,
  setOptions,
} from './edits/change-steps.js';
import { connect, disconnect } from './edits/connect.js';
import { copySteps, duplicateSteps, parseFragment, pasteSteps } from './edits/copy.js';
import { deleteSteps } from './edits/delete-steps.js';
import { addGroup, changeGroup, groupsOf, ungroup } from './edits/groups.js';
import { insertLoose } from './edits/insert-loose.js';
import { moveSteps, nudgeSteps, tidy, turn } from './edits/move.js';
import { addNote, changeNote, deleteNote, notesOf } from './edits/notes.js';
import { amend, HISTORY_LENGTH, newHistory, record, redo, sealed, undo } from './history.js';
import { isSound } from './graph.js';
import { freshStepId } from './step-ids.js';

const TYPES = ['trigger.webhook', 'http', 'if', 'stop', 'transform'];
type Edit = (draft: Draft) => Draft;

/** Any edit at all: `a`, `b` and `c` choose which steps, edges and types it is about. */
function anEdit(kind: number, a: number, b: number, c: number): Edit {
  return (draft) => {
    const { steps, edges } = draft.definition;
    const one = steps[a % Math.max(1, steps.length)]?.id ?? 'none';
    const other = steps[b % Math.max(1, steps.length)]?.id ?? 'none';
    const edge = edges[a % Math.max(1, edges.length)];
    const type = TYPES[c % TYPES.length]!;
    const step = aStep(freshStepId(type, new Set(steps.map(({ id }) => id))), {
      type,
      config: { condition: `steps.${one}.x`, url: `{{ steps.${other} }}` },
    });
    const edits: Edit[] = [
      () => addStep(draft, step),
      () => addStepAfter(draft, { step, after: one }, facts),
      () => (edge ? insertStep(draft, { step, edges: [edge] }, facts) : draft),
      () => connect(draft, { source: one, target: other, ...(c % 2 ? {} : { sourceHandle: 'true' }) }, facts),
      () => (edge ? disconnect(draft, edge) : draft),
      () => deleteSteps(draft, c % 2 ? [one] : [one, other], facts),
      () => changeStepId(draft, { from: one, to: c % 3 ? `id${c}` : other }, facts),
      () => replaceStep(draft, one, type, facts),
      () => duplicateSteps(draft, [one, other], facts).draft,
      () =>
        pasteSteps(
          draft,
          copySteps(draft, [one]) ?? { hookloom: 1, steps: [step], edges: [], positions: {} },
          { x: a, y: b },
          facts,
        ).draft,
      () => renameStep(draft, one, `Name ${c}`),
      () => setConfig(draft, one, 'url', c % 2 ? c : undefined),
      () => setDisabled(draft, [one, other], c % 2 === 0),
      () => setOptions(draft, one, { onError: c % 2 ? 'branch' : undefined }),
      () => nudgeSteps(draft, [one], { x: a, y: b }),
      () => tidy(draft, facts),
      () => addNote(draft, { id: `n${c}`, text: 'x', at: { x: a, y: b } }),
      () => changeNote(draft, `n${c}`, { text: `y${a}` }),
      () => deleteNote(draft, `n${c}`),
      () => addGroup(draft, { id: `g${c}`, name: `Section ${c}`, steps: [one, other] }),
      () => changeGroup(draft, `g${c}`, { collapsed: a % 2 === 0 }),
      () => ungroup(draft, `g${c}`),
      () => (edge ? insertLoose(draft, one, edge, facts) : draft),
      () => turn(draft, c % 2 ? 'right' : 'down', facts),
      () => tidy(draft, facts, new Set([one, other])),
      () => moveSteps(draft, { [one]: { x: a * 8, y: b * 8 } }),
      () => renameWorkflow(draft, `Workflow ${c}`),
    ];
    return edits[kind % edits.length]!(draft);
  };
}

const edits = fc.array(
  fc.tuple(fc.nat(26), fc.nat(40), fc.nat(40), fc.nat(9)).map((numbers) => anEdit(...numbers)),
  { maxLength: 40 },
);
const start = aDraft(hook, aStep('a', { type: 'if' }), aStep('b'));

/** Sections hold steps that are there, each once; notes are told apart; the document is one the server takes. */
function looksAreSound(draft: Draft): boolean {
  const inSections = groupsOf(draft).flatMap(({ steps }) => steps);
  const notes = notesOf(draft).map(({ id }) => id);
  return (
    inSections.every((id) => findStep(draft, id) !== undefined) &&
    new Set(inSections).size === inSections.length &&
    groupsOf(draft).every(({ steps }) => steps.length > 0) &&
    new Set(notes).size === notes.length &&
    WorkflowDefinition.safeParse(draft.definition).success
  );
}

describe('after any sequence of edits', () => {
  it('undo restores the document byte for byte, and redo brings every edit back', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        const before = JSON.stringify(start);
        const done = sequence.reduce(
          (all, edit) => record(all, edit(all.present), { key: 'x' }),
          newHistory(start),
        );
        const after = JSON.stringify(done.present);
        const undone = done.past.reduce(undo, done);
        expect(JSON.stringify(undone.present)).toBe(before);
        expect(JSON.stringify(undone.future.reduce(redo, undone).present)).toBe(after);
      }),
      { numRuns: 100 },
    );
  });

  it('the graph is sound: ids told apart, no edge into nothing or a trigger, no circle', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        let draft = start;
        for (const edit of sequence) {
          draft = edit(draft);
          expect(isSound(draft, facts), JSON.stringify(draft.definition)).toBe(true);
          expect(looksAreSound(draft), JSON.stringify(draft.definition.layout)).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('what is copied from any document', () => {
  it('is the same document when it is pasted as JSON into an empty one, and copied again', () => {
    fc.assert(
      fc.property(edits, (sequence) => {
        const draft = sequence.reduce((now, edit) => edit(now), start);
        fc.pre(draft.definition.steps.length > 0);
        const copied = copySteps(draft, idsOf(draft));
        const text = JSON.stringify(copied);
        const empty = aDraft();
        const { draft: pasted } = pasteSteps(empty, parseFragment(text)!, corner(copied!.positions), facts);
        const again = copySteps(pasted, idsOf(pasted))!;
        const { groups: _renamed, ...rest } = again;
        const { groups: _before, ...wanted } = copied!;
        expect(rest).toEqual(wanted);
        expect(again.groups?.map(({ name, steps, collapsed }) => ({ name, steps, collapsed }))).toEqual(
          copied!.groups?.map(({ name, steps, collapsed }) => ({ name, steps, collapsed })),
        );
      }),
      { numRuns: 100 },
    );
  });
});

const idsOf = (draft: Draft) => draft.definition.steps.map(({ id }) => id);
function corner(positions: Positions) {
  const places = Object.values(positions);
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
}

describe('the history', () => {
  const typed = (text: string) => (draft: Draft) => setConfig(draft, 'b', 'url', text);
  const type = (history: ReturnType<typeof newHistory>, text: string) =>
    record(history, typed(text)(history.present), { key: 'x' }, 'b.url');

  it('undoes typing in one field as one edit, until the field is left', () => {
    const together = ['h', 'ht', 'htt'].reduce(type, newHistory(start));
    expect(together.past).toHaveLength(1);
    expect(type(sealed(together), 'http').past).toHaveLength(2);
    expect(undo(together).present).toBe(start);
  });

  it('keeps the newest edits when there are too many', () => {
    const many = Array.from({ length: HISTORY_LENGTH + 5 }, (_, at) => at).reduce(
      (all, at) => record(all, typed(String(at))(all.present), { key: 'x' }),
      newHistory(start),
    );
    expect(many.past).toHaveLength(HISTORY_LENGTH);
  });

  it('takes what the server filled in into every state, so that an undo asks for no second endpoint', () => {
    const added = record(newHistory(aDraft(hook)), addStep(aDraft(hook), aStep('a')), { key: 'x' });
    const sent = added.present.definition;
    const saved = {
      ...sent,
      steps: sent.steps.map((step) => (step.id === 'hook' ? { ...step, config: { endpoint: 'e' } } : step)),
    };
    const amended = amend(added, filledIn(sent, saved)!);
    expect(findStep(undo(amended).present, 'hook')!.config).toEqual({ endpoint: 'e' });
    expect(filledIn(saved, saved)).toBeUndefined();
  });

  it('names edges by both ends and the handle', () => {
    expect(edgeKey({ source: 'a', target: 'b' })).toBe('a:out>b');
  });
});
