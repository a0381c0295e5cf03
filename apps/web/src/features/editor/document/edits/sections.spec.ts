import { describe, expect, it } from 'vitest';
import { findStep, type Draft } from '../draft.js';
import { aDraft, aStep, facts, hook } from '../facts.fixture.js';
import { allPositions } from '../layout.js';
import { addStep } from './add-steps.js';
import { changeStepId } from './change-step-id.js';
import { duplicateSteps } from './copy.js';
import { deleteSteps } from './delete-steps.js';
import { addGroup, changeGroup, groupOfStep, groupsOf, ungroup } from './groups.js';
import { insertLoose } from './insert-loose.js';
import { tidy, turn } from './move.js';

const draft = aDraft(hook, aStep('a'), aStep('b'), aStep('c'));
const grouped = addGroup(draft, { id: 'g', name: 'Middle', steps: ['a', 'b'] });
const edgesOf = ({ definition }: Draft) =>
  definition.edges.map(({ source, target }) => `${source} ${target}`);

describe('sections', () => {
  it('hold the steps they were made of, each in one section only', () => {
    const other = addGroup(grouped, { id: 'h', name: 'Late', steps: ['b', 'c', 'gone'] });
    expect(groupsOf(other).map(({ id, steps }) => [id, steps])).toEqual([
      ['g', ['a']],
      ['h', ['b', 'c']],
    ]);
    expect(groupOfStep(other, 'b')?.name).toBe('Late');
  });

  it('follow a step that gets another id, lose one that is deleted, and go with the last', () => {
    expect(groupsOf(changeStepId(grouped, { from: 'a', to: 'first' }, facts))[0]!.steps).toEqual([
      'first',
      'b',
    ]);
    expect(groupsOf(deleteSteps(grouped, ['a'], facts))[0]!.steps).toEqual(['b']);
    expect(groupsOf(deleteSteps(grouped, ['a', 'b'], facts))).toEqual([]);
  });

  it('are copied with their steps', () => {
    const { draft: doubled } = duplicateSteps(
      changeGroup(grouped, 'g', { collapsed: true }),
      ['a', 'b'],
      facts,
    );
    expect(groupsOf(doubled)[1]).toMatchObject({ name: 'Middle', steps: ['a2', 'b2'], collapsed: true });
  });

  it('leave the document as it was when they go, and keep what is not theirs', () => {
    expect(ungroup(grouped, 'g').definition.steps).toBe(draft.definition.steps);
    const odd = { ...grouped, definition: { ...grouped.definition, layout: { groups: ['odd'], more: 1 } } };
    expect(addGroup(odd, { id: 'g', name: 'x', steps: ['a'] }).definition.layout).toMatchObject({
      groups: ['odd', { id: 'g' }],
      more: 1,
    });
    expect(changeGroup(draft, 'g', { name: 'x' })).toBe(draft);
  });
});

describe('a loose step on an edge', () => {
  const loose = addStep(draft, aStep('new'));
  const [, edge] = draft.definition.edges;

  it('comes between', () => {
    expect(edgesOf(insertLoose(loose, 'new', edge!, facts))).toEqual(['hook a', 'a new', 'new b', 'b c']);
  });

  it('stays where it is when it is connected, a trigger, or the edge is gone', () => {
    expect(insertLoose(loose, 'c', edge!, facts)).toBe(loose);
    expect(insertLoose(loose, 'new', { source: 'a', target: 'c' }, facts)).toBe(loose);
    const trigger = addStep(draft, aStep('again', { type: 'trigger.webhook' }));
    expect(insertLoose(trigger, 'again', edge!, facts)).toBe(trigger);
  });
});

describe('the direction', () => {
  it('turns the whole picture and back', () => {
    const right = turn(draft, 'right', facts);
    const places = allPositions(right);
    expect(places['b']!.y).toBe(places['a']!.y);
    expect(places['b']!.x).toBeGreaterThan(places['a']!.x + 248);
    expect(turn(right, 'right', facts)).toBe(right);
    expect(allPositions(turn(right, 'down', facts))['b']!.x).toBe(places['hook']!.x);
    expect(findStep(right, 'a')).toBe(findStep(draft, 'a'));
  });

  it('is kept by tidying a part', () => {
    const before = allPositions(turn(draft, 'right', facts));
    const after = allPositions(tidy(turn(draft, 'right', facts), facts, new Set(['b', 'c'])));
    expect(after['a']).toEqual(before['a']);
  });
});
