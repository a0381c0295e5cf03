import { describe, expect, it } from 'vitest';
import { renameStepReferences } from './rename-step-references.js';

const rename = (source: string) => renameStepReferences(source, 'shape', 'order');

describe('renameStepReferences', () => {
  it('writes the new id wherever the step is read', () => {
    expect(rename('steps.shape.total > 100 and steps . shape.ok')).toBe(
      'steps.order.total > 100 and steps . order.ok',
    );
    expect(rename('[steps.`shape`.a, $.steps.shape, $$.steps.shape[0]]')).toBe(
      '[steps.order.a, $.steps.order, $$.steps.order[0]]',
    );
  });

  it('leaves what only looks alike', () => {
    const alike =
      '"steps.shape" & input.steps.shape & steps.shapes & /steps.shape/ & steps.other.shape /* steps.shape */';
    expect(rename(alike)).toBe(alike);
  });

  it('tells a division from a regular expression', () => {
    expect(rename('steps.shape.a / steps.shape.b / 2')).toBe('steps.order.a / steps.order.b / 2');
  });

  it('works on an expression that is half written', () => {
    expect(rename('steps.shape.total > (')).toBe('steps.order.total > (');
    expect(rename('steps.shape & "open')).toBe('steps.order & "open');
  });
});
