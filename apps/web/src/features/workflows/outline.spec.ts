import type { WorkflowDefinition } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { outlineOf } from './outline.js';

function definition(steps: string[], edges: [string, string, string?][]): WorkflowDefinition {
  return {
    format: 1,
    steps: steps.map((id) => ({
      id,
      type: id.startsWith('hook') ? 'trigger.webhook' : 'transform',
      config: {},
    })),
    edges: edges.map(([source, target, sourceHandle]) =>
      sourceHandle === undefined ? { source, target } : { source, target, sourceHandle },
    ),
    settings: {},
  };
}
const read = (value: WorkflowDefinition) =>
  outlineOf(value).map(
    ({ step, depth, branch }) => `${'  '.repeat(depth)}${branch ? `${branch.handle}: ` : ''}${step.id}`,
  );

describe('outlineOf', () => {
  it('lists steps in the order they run, whatever their order in the document', () => {
    expect(
      read(
        definition(
          ['c', 'b', 'hook'],
          [
            ['hook', 'b'],
            ['b', 'c'],
          ],
        ),
      ),
    ).toEqual(['hook', 'b', 'c']);
  });

  it('indents branches and keeps the steps of one branch together', () => {
    const value = definition(
      ['hook', 'big', 'a', 'b', 'c'],
      [
        ['hook', 'big'],
        ['big', 'a', 'true'],
        ['big', 'c', 'false'],
        ['a', 'b'],
      ],
    );
    expect(read(value)).toEqual(['hook', 'big', '  true: a', '  b', '  false: c']);
  });

  it('sets a step where all branches meet at the depth before them', () => {
    const value = definition(
      ['hook', 'big', 'a', 'b', 'end'],
      [
        ['hook', 'big'],
        ['big', 'a', 'true'],
        ['big', 'b', 'false'],
        ['a', 'end'],
        ['b', 'end'],
      ],
    );
    expect(read(value)).toEqual(['hook', 'big', '  true: a', '  false: b', 'end']);
  });

  it('puts steps that nothing leads to last and says that they never run', () => {
    const rows = outlineOf(
      definition(
        ['lost', 'hook', 'x', 'y'],
        [
          ['x', 'y'],
          ['y', 'x'],
        ],
      ),
    );
    expect(rows.map(({ step, isUnreachable }) => [step.id, isUnreachable])).toEqual([
      ['hook', false],
      ['lost', true],
      ['x', true],
      ['y', true],
    ]);
  });

  it('ignores edges to steps that are not there', () => {
    expect(
      read(
        definition(
          ['hook'],
          [
            ['hook', 'gone'],
            ['gone', 'hook'],
          ],
        ),
      ),
    ).toEqual(['hook']);
  });
});
