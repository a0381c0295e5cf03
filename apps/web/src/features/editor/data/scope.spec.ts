import type { WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { scopeOf, type KnownData } from './scope.js';

const definition: WorkflowDefinition = {
  format: 1,
  steps: ['hook', 'shape', 'big', 'left', 'end'].map((id) => ({ id, type: id, config: {} })),
  edges: [
    { source: 'hook', target: 'shape' },
    { source: 'shape', target: 'big' },
    { source: 'big', sourceHandle: 'true', target: 'left' },
    { source: 'left', target: 'end' },
    { source: 'big', sourceHandle: 'false', target: 'end' },
  ],
  settings: {},
};
const trigger = { body: { total: 5 } };

function scope(stepId: string, outputs: Record<string, unknown> = {}, draft = definition) {
  const known: KnownData = {
    trigger,
    outputs: new Map(Object.entries(outputs)),
    vars: { rate: 2 },
    run: {},
    isTrigger: ({ type }) => type === 'hook',
    passesOn: ({ type }) => type === 'big',
  };
  return scopeOf({ name: 'W', definition: draft }, stepId, known);
}

describe('scopeOf', () => {
  it('knows the trigger before anything has run, as input of the step after it', () => {
    expect(scope('shape')).toMatchObject({
      trigger,
      input: trigger,
      steps: { hook: trigger },
      vars: { rate: 2 },
    });
  });
  it('leaves out what nobody knows', () => {
    expect(scope('big').input).toBeUndefined();
    expect(Object.keys(scope('end').steps)).toEqual(['hook']);
  });
  it('hands on what passes through a step that only decides', () => {
    expect(scope('left', { shape: { n: 1 } }).input).toEqual({ n: 1 });
  });
  it('gives an object by step id where several steps lead to it', () => {
    expect(scope('end', { shape: 1, left: 2 }).input).toEqual({ big: 1, left: 2 });
  });
  it('passes through a disabled step, whatever it once gave', () => {
    const steps = definition.steps.map((step) => (step.id === 'shape' ? { ...step, disabled: true } : step));
    expect(scope('big', { shape: 'old' }, { ...definition, steps }).input).toEqual(trigger);
  });
  it('ends in a draft whose edges go in a circle', () => {
    const edges = [
      { source: 'big', target: 'left' },
      { source: 'left', target: 'big' },
    ];
    const steps = definition.steps.map((step) => ({ ...step, disabled: true }));
    expect(scope('big', {}, { ...definition, steps, edges }).input).toBeUndefined();
  });
});
