import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { moveSteps } from '../document/edits/move.js';
import { changesSince, countChanges } from './changes.js';

const before = aDraft(hook, aStep('a', { config: { url: 'x', body: { one: 1, two: 2 } } }), aStep('b'));

describe('what changed since a version', () => {
  it('is nothing where only places and the order of fields differ', () => {
    const moved = moveSteps(before, { a: { x: 80, y: 80 } });
    const [first, , last] = moved.definition.steps;
    const steps = [first!, aStep('a', { config: { body: { two: 2, one: 1 }, url: 'x' } }), last!];
    const changes = changesSince(before.definition, { ...moved.definition, steps });
    expect(changes).toEqual({ steps: [], edges: [], settings: [] });
    expect(countChanges(changes)).toBe(0);
  });

  it('has the fields of a changed step with what they were and are', () => {
    const after = aDraft(
      hook,
      aStep('a', { name: 'Call', disabled: true, config: { url: 'y', body: { one: 1, two: 2 } } }),
      aStep('b'),
    );
    const { steps, edges } = changesSince(before.definition, after.definition);
    expect(steps).toMatchObject([{ kind: 'changed', name: 'Call' }]);
    expect(steps[0]?.fields).toEqual([
      { field: 'name', isConfig: false, before: 'a', after: 'Call' },
      { field: 'disabled', isConfig: false, before: undefined, after: true },
      { field: 'url', isConfig: true, before: 'x', after: 'y' },
    ]);
    expect(edges).toEqual([]);
  });

  it('has steps and edges that were added and removed, and counts the edges as one', () => {
    const after = aDraft(hook, aStep('a', { config: { url: 'x', body: { one: 1, two: 2 } } }), aStep('c'));
    const changes = changesSince(before.definition, after.definition);
    expect(changes.steps.map(({ kind, name }) => [kind, name])).toEqual([
      ['added', 'c'],
      ['removed', 'b'],
    ]);
    expect(changes.edges.map(({ kind, from, to }) => [kind, from, to])).toEqual([
      ['added', 'a', 'c'],
      ['removed', 'a', 'b'],
    ]);
    expect(countChanges(changes)).toBe(3);
  });

  it('has the settings of the whole workflow', () => {
    const after = { ...before.definition, settings: { maxConcurrentRuns: 5 } };
    expect(changesSince(before.definition, after).settings).toEqual([
      { field: 'maxConcurrentRuns', isConfig: false, before: undefined, after: 5 },
    ]);
  });

  it('tells every one of 300 steps', () => {
    const many = aDraft(hook, ...Array.from({ length: 300 }, (_, at) => aStep(`s${at}`, { config: { at } })));
    const other = aDraft(
      hook,
      ...Array.from({ length: 300 }, (_, at) => aStep(`s${at}`, { config: { at: -at } })),
    );
    expect(changesSince(many.definition, other.definition).steps).toHaveLength(299);
  });
});
