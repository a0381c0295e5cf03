import type { WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { scopeOf, type KnownData } from './scope.js';
import { sourcesOf } from './sources.js';

const definition: WorkflowDefinition = {
  format: 1,
  steps: ['hook', 'shape', 'big', 'call', 'end'].map((id) => ({ id, type: id, config: {} })),
  edges: [
    { source: 'hook', target: 'shape' },
    { source: 'shape', target: 'big' },
    { source: 'big', target: 'call' },
    { source: 'call', target: 'end' },
  ],
  settings: {},
};

function sources(stepId: string, outputs: Record<string, unknown>, vars = {}) {
  const draft = { name: 'W', definition };
  const known: KnownData = {
    trigger: { body: 1 },
    outputs: new Map(Object.entries(outputs)),
    vars,
    run: {},
    isTrigger: ({ type }) => type === 'hook',
    passesOn: ({ type }) => type === 'big',
  };
  const scope = scopeOf(draft, stepId, known);
  return sourcesOf(stepId, { draft, known, scope, nameOf: (id) => `Step ${id}` });
}

describe('sourcesOf', () => {
  it('offers the trigger before anything has run', () => {
    expect(sources('end', {})).toEqual([
      { path: 'trigger', key: 'trigger', value: { body: 1 }, about: 'Step hook' },
    ]);
  });
  it('offers what the steps before gave, nearest first, and the variables', () => {
    const paths = sources('end', { shape: { n: 1 }, call: { ok: true } }, { rate: 2 }).map(
      ({ path }) => path,
    );
    expect(paths).toEqual(['steps.call', 'steps.shape', 'trigger', 'vars']);
  });
  it('leaves out a step that handed on what it got, and keeps one that gave something else', () => {
    const after = (big: unknown) => sources('call', { shape: { n: 1 }, big }).map(({ path }) => path);
    expect(after({ n: 1 })).toEqual(['steps.shape', 'trigger']);
    expect(after({ answer: 'yes' })).toEqual(['steps.big', 'steps.shape', 'trigger']);
  });
});
