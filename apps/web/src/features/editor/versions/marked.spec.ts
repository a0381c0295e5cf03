import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { changesSince } from '../publish/changes.js';
import { markChanges } from './marked.js';

describe('two versions on one canvas', () => {
  const before = {
    ...aDraft(hook, aStep('a'), aStep('b')).definition,
    layout: { positions: { b: { x: 8, y: 16 }, a: { x: 0, y: 0 } } },
  };
  const after = {
    ...aDraft(hook, aStep('a', { disabled: true }), aStep('c')).definition,
    layout: { positions: { a: { x: 80, y: 80 } } },
  };
  const marked = markChanges(before, after, changesSince(before, after));

  it('keep what was removed where it stood, and all else where it stands now', () => {
    expect(marked.definition.steps.map(({ id }) => id)).toEqual(['hook', 'a', 'c', 'b']);
    expect(marked.definition.layout?.positions).toEqual({ a: { x: 80, y: 80 }, b: { x: 8, y: 16 } });
  });

  it('mark steps and edges', () => {
    expect(Object.fromEntries(marked.steps)).toEqual({ a: 'changed', b: 'removed', c: 'added' });
    expect(Object.fromEntries(marked.edges)).toEqual({ 'a:out>c': 'added', 'a:out>b': 'removed' });
  });
});
