import { describe, expect, it } from 'vitest';
import { anEdge, findStep, type Draft } from '../draft.js';
import { aDraft, aStep, facts, hook } from '../facts.fixture.js';
import { flowTo } from '../flow.js';
import { allPositions } from '../layout.js';
import { addStep, addStepAfter, insertStep } from './add-steps.js';
import { changeStepId } from './change-step-id.js';
import { renameStep, replaceStep, setConfig, setDisabled, setOptions } from './change-steps.js';
import { connect, disconnect } from './connect.js';
import { copySteps, duplicateSteps, parseFragment, pasteSteps } from './copy.js';
import { deleteSteps } from './delete-steps.js';
import { moveSteps, nudgeSteps, tidy } from './move.js';
import { addNote, changeNote, deleteNote, notesOf } from './notes.js';

const edgesOf = (draft: Draft) =>
  draft.definition.edges.map(({ source, sourceHandle, target }) =>
    [source, sourceHandle, target].filter(Boolean).join(' '),
  );
const { next: ROW, pills: PILLS } = flowTo('down');
const big = aStep('big', { type: 'if' });

describe('adding a step', () => {
  it('leads on from the first handle that leads nowhere yet', () => {
    const once = addStepAfter(aDraft(hook, big), { step: aStep('yes'), after: 'big' }, facts);
    const twice = addStepAfter(once, { step: aStep('no'), after: 'big' }, facts);
    expect(edgesOf(twice)).toEqual(['hook big', 'big true yes', 'big false no']);
    expect(allPositions(twice)['yes']!.x).toBeLessThan(allPositions(twice)['no']!.x);
  });

  it('comes between where every handle leads somewhere', () => {
    const draft = addStepAfter(aDraft(hook, aStep('a')), { step: aStep('new'), after: 'hook' }, facts);
    expect(edgesOf(draft)).toEqual(['hook new', 'new a']);
  });

  it('keeps both sides connected on an edge and moves down what follows', () => {
    const before = aDraft(hook, aStep('a'), aStep('b'));
    const [, edge] = before.definition.edges;
    const after = insertStep(before, { step: big, edges: [edge!] }, facts);
    expect(edgesOf(after)).toEqual(['hook a', 'a big', 'big true b']);
    const places = allPositions(after);
    expect(places['big']!.y).toBe(places['a']!.y + ROW);
    expect(places['b']!.y).toBe(places['big']!.y + ROW + PILLS);
  });

  it('never leads into a trigger', () => {
    const draft = addStepAfter(
      aDraft(hook),
      { step: aStep('hook2', { type: 'trigger.x' }), after: 'hook' },
      facts,
    );
    expect(edgesOf(draft)).toEqual([]);
    expect(connect(draft, anEdge('hook', 'out', 'hook2'), facts)).toBe(draft);
  });
});

describe('connecting', () => {
  it('refuses circles, doubles and steps that are not there', () => {
    const draft = aDraft(hook, aStep('a'), aStep('b'));
    for (const [source, target] of [
      ['b', 'a'],
      ['a', 'a'],
      ['a', 'b'],
      ['a', 'gone'],
    ] as const) {
      expect(connect(draft, { source, target }, facts)).toBe(draft);
    }
  });

  it('joins and parts', () => {
    const draft = addStep(aDraft(hook), aStep('a'));
    const joined = connect(draft, anEdge('hook', 'out', 'a'), facts);
    expect(edgesOf(joined)).toEqual(['hook a']);
    expect(edgesOf(disconnect(joined, anEdge('hook', 'out', 'a')))).toEqual([]);
  });
});

describe('deleting', () => {
  it('joins the neighbours', () => {
    const draft = deleteSteps(aDraft(hook, aStep('a'), aStep('b'), aStep('c')), ['a', 'b'], facts);
    expect(edgesOf(draft)).toEqual(['hook c']);
  });

  it('joins only the first branch of a step with branches', () => {
    const draft = ['yes', 'no'].reduce(
      (result, id) => addStepAfter(result, { step: aStep(id), after: 'big' }, facts),
      aDraft(hook, big),
    );
    expect(edgesOf(deleteSteps(draft, ['big'], facts))).toEqual(['hook yes']);
  });
});

describe('changing a step id', () => {
  const draft = aDraft(
    hook,
    aStep('shape', { type: 'transform', config: { expression: '{"a": trigger.body.a}' } }),
    aStep('big', { type: 'if', config: { condition: 'steps.shape.a > 1' } }),
    aStep('tell', {
      config: { url: 'https://x.test/{{ steps.shape.a }}', body: { list: ['{{steps.shape}}'] } },
    }),
  );
  const changed = changeStepId(draft, { from: 'shape', to: 'order' }, facts);

  it('rewrites expressions, texts, edges and the layout', () => {
    expect(findStep(changed, 'big')!.config).toEqual({ condition: 'steps.order.a > 1' });
    expect(findStep(changed, 'tell')!.config).toEqual({
      url: 'https://x.test/{{ steps.order.a }}',
      body: { list: ['{{steps.order}}'] },
    });
    expect(edgesOf(changed)).toEqual(['hook order', 'order big', 'big tell']);
  });

  it('leaves alone what does not name the step', () => {
    expect(findStep(changed, 'hook')).toBe(findStep(draft, 'hook'));
  });

  it('refuses ids that are taken or none', () => {
    expect(changeStepId(draft, { from: 'shape', to: 'big' }, facts)).toBe(draft);
    expect(changeStepId(draft, { from: 'shape', to: 'not-an-id' }, facts)).toBe(draft);
  });
});

describe('replacing', () => {
  it('keeps name, connections and settings of the same name', () => {
    const draft = aDraft(
      hook,
      aStep('a', { type: 'if', config: { condition: 'x', expression: 'y' } }),
      aStep('b'),
    );
    const replaced = replaceStep(draft, 'a', 'transform', facts);
    expect(findStep(replaced, 'a')).toMatchObject({
      type: 'transform',
      name: 'a',
      config: { expression: 'y' },
    });
    expect(edgesOf(replaced)).toEqual(['hook a', 'a b']);
    expect(edgesOf(replaceStep(draft, 'b', 'stop', facts))).toEqual(['hook a', 'a b']);
    expect(replaceStep(draft, 'hook', 'http', facts)).toBe(draft);
  });
});

describe('copies', () => {
  const draft = aDraft(
    hook,
    aStep('a', { type: 'transform', config: { expression: '1' } }),
    aStep('a2', { type: 'if', config: { condition: 'steps.a = 1 and steps.hook.x' } }),
  );

  it('have ids and names of their own and read one another', () => {
    const { draft: doubled, ids } = duplicateSteps(draft, ['a', 'a2'], facts);
    expect(ids).toEqual(['a3', 'a4']);
    expect(findStep(doubled, 'a4')!.config).toEqual({ condition: 'steps.a3 = 1 and steps.hook.x' });
    expect(edgesOf(doubled)).toEqual(['hook a', 'a a2', 'a3 a4']);
  });

  it('travel as JSON', () => {
    const text = JSON.stringify(copySteps(draft, ['a2']));
    const pasted = pasteSteps(aDraft(hook), parseFragment(text)!, { x: 8, y: 16 }, facts);
    expect(pasted.ids).toEqual(['a2']);
    expect(allPositions(pasted.draft)['a2']).toEqual({ x: 8, y: 16 });
    expect(parseFragment('{"hookloom":1}')).toBeUndefined();
    expect(parseFragment('curl https://x.test')).toBeUndefined();
  });
});

describe('small changes', () => {
  const draft = aDraft(hook, aStep('a'));

  it('that change nothing give the same draft', () => {
    expect(renameStep(draft, 'a', 'a')).toBe(draft);
    expect(setDisabled(draft, ['a'], false)).toBe(draft);
    expect(moveSteps(draft, allPositions(draft))).toBe(draft);
    expect(setConfig(draft, 'gone', 'url', 'x')).toBe(draft);
  });

  it('take out what is undefined', () => {
    const set = setOptions(setConfig(draft, 'a', 'url', 'x'), 'a', { notes: 'why' });
    expect(findStep(set, 'a')).toEqual({ ...aStep('a'), config: { url: 'x' }, notes: 'why' });
    const cleared = setOptions(setConfig(set, 'a', 'url', undefined), 'a', { notes: undefined });
    expect(JSON.stringify(findStep(cleared, 'a'))).toBe(JSON.stringify(aStep('a')));
  });

  it('drop the error branch where errors no longer branch', () => {
    const branching = setOptions(draft, 'a', { onError: 'branch' });
    const followed = addStepAfter(branching, { step: aStep('b'), after: 'a', handle: 'error' }, facts);
    expect(edgesOf(followed)).toEqual(['hook a', 'a error b']);
    expect(edgesOf(setOptions(followed, 'a', { onError: undefined }))).toEqual(['hook a']);
  });

  it('move steps by a distance and lay all of them out', () => {
    const moved = nudgeSteps(draft, ['a'], { x: 64, y: 0 });
    expect(allPositions(moved)['a']!.x).toBe(allPositions(draft)['a']!.x + 64);
    const tidied = tidy(moved, facts);
    expect(allPositions(tidied)['a']!.x).toBe(allPositions(tidied)['hook']!.x);
  });

  it('lay branches out in the order of their handles', () => {
    const ids = ['yes', 'no', 'after'];
    const fork = aDraft(hook, big);
    const forked = ids
      .slice(0, 2)
      .reduce((result, id) => addStepAfter(result, { step: aStep(id), after: 'big' }, facts), fork);
    const long = addStepAfter(forked, { step: aStep('after'), after: 'no' }, facts);
    const tidied = allPositions(tidy(long, facts));
    expect(tidied['yes']!.x).toBeLessThan(tidied['no']!.x);
    expect(tidied['yes']!.y).toBe(tidied['no']!.y);
  });

  it('keep notes of other shapes', () => {
    const odd = { ...draft, definition: { ...draft.definition, layout: { notes: ['odd'] } } };
    const noted = changeNote(addNote(odd, { id: 'n', text: 'x', at: { x: 0, y: 0 } }), 'n', { text: 'y' });
    expect(notesOf(noted)).toEqual([{ id: 'n', x: 0, y: 0, text: 'y' }]);
    expect(deleteNote(noted, 'n').definition.layout!.notes).toEqual(['odd']);
  });
});
