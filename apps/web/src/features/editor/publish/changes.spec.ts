import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { moveSteps } from '../document/edits/move.js';
import { changesSince } from './changes.js';

const before = aDraft(hook, aStep('a', { config: { url: 'x', body: { one: 1, two: 2 } } }), aStep('b'));

describe('what changed since a version', () => {
  it('is nothing where only places and the order of fields differ', () => {
    const moved = moveSteps(before, { a: { x: 80, y: 80 } });
    const [first, , last] = moved.definition.steps;
    const steps = [first!, aStep('a', { config: { body: { two: 2, one: 1 }, url: 'x' } }), last!];
    expect(changesSince(before.definition, { ...moved.definition, steps })).toEqual([]);
  });

  it('names the fields of a changed step, and steps added and removed', () => {
    const after = aDraft(hook, aStep('a', { config: { url: 'y', body: { one: 1, two: 2 } } }), aStep('c'));
    expect(changesSince(before.definition, after.definition)).toEqual([
      { kind: 'changed', stepId: 'a', name: 'a', fields: ['url'] },
      { kind: 'added', stepId: 'c', name: 'c', fields: [] },
      { kind: 'removed', name: 'b', fields: [] },
      { kind: 'connections', name: '', fields: [] },
    ]);
  });
});
