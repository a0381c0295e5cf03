import type { WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { checkGraph } from './check-graph.js';

const facts = {
  isTrigger: (type: string) => type.startsWith('trigger.'),
  handlesOf: (step: { type: string }) =>
    ({ if: ['true', 'false'], transform: ['out'], 'trigger.manual': ['out'], stop: [] })[step.type],
};
const steps = [
  { id: 'start', type: 'trigger.manual', config: {} },
  { id: 'cond', type: 'if', config: {} },
  { id: 'shape', type: 'transform', config: {} },
];
const base: WorkflowDefinition = {
  format: 1,
  steps,
  edges: [
    { source: 'start', target: 'cond' },
    { source: 'cond', sourceHandle: 'true', target: 'shape' },
  ],
  settings: {},
};
const codes = (patch: Partial<WorkflowDefinition>): string[] =>
  checkGraph({ ...base, ...patch }, facts).map(
    (problem) => `${problem.code}${problem.blocking ? '' : ' (warning)'}`,
  );

describe('checkGraph', () => {
  it('finds nothing wrong with a sound graph', () => {
    expect(codes({})).toEqual([]);
  });

  it.each([
    ['no trigger', { steps: [{ id: 'shape', type: 'transform', config: {} }], edges: [] }, ['no_trigger']],
    ['a duplicate id', { steps: [...steps, { id: 'cond', type: 'if', config: {} }] }, ['duplicate_id']],
    [
      'an unknown type',
      { steps: [...steps.slice(0, 2), { id: 'shape', type: 'teleport', config: {} }] },
      ['unknown_type'],
    ],
    [
      'an edge to a missing step',
      { edges: [...base.edges, { source: 'shape', target: 'gone' }] },
      ['missing_step'],
    ],
    [
      'a handle that the step does not have',
      { edges: [...base.edges, { source: 'cond', target: 'shape' }] },
      ['missing_handle'],
    ],
    [
      'an error handle without onError branch',
      { edges: [...base.edges, { source: 'cond', sourceHandle: 'error', target: 'shape' }] },
      ['missing_handle'],
    ],
    [
      'an edge into a trigger',
      { edges: [...base.edges, { source: 'shape', target: 'start' }] },
      ['edge_into_trigger', 'cycle'],
    ],
    ['a circle', { edges: [...base.edges, { source: 'shape', target: 'cond' }] }, ['cycle']],
    [
      'an edge that leaves a step which ends the run',
      {
        steps: [...steps, { id: 'halt', type: 'stop', config: {} }],
        edges: [
          ...base.edges,
          { source: 'cond', sourceHandle: 'false', target: 'halt' },
          { source: 'halt', target: 'shape' },
        ],
      },
      ['never_taken (warning)'],
    ],
    ['a step that nothing leads to', { edges: base.edges.slice(0, 1) }, ['unreachable (warning)']],
  ])('reports %s', (_name, patch, expected) => {
    expect(codes(patch)).toEqual(expected);
  });

  it('finds a circle of a thousand steps without a stack overflow', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => ({
      id: `s${index}`,
      type: 'transform',
      config: {},
    }));
    const ring = many.map((step, index) => ({ source: step.id, target: `s${(index + 1) % many.length}` }));
    expect(codes({ steps: [...steps, ...many], edges: [...base.edges, ...ring] })).toContain('cycle');
  });
});
