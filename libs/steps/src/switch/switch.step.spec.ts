import { Evaluated, ExpressionError } from '@hookloom/step-kit';
import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { switchStep } from './switch.step.js';

const cases = [
  { handle: 'big', condition: 'total > 100' },
  { handle: 'small', condition: 'total > 0' },
];

describe('switch', () => {
  it.each([
    ['the first case that holds', true, true, 'big'],
    ['a later case', false, true, 'small'],
    ['default when none holds', false, null, 'default'],
  ])('leaves by %s', async (_name, first, second, handle) => {
    const evaluated = { 'cases.0.condition': first, 'cases.1.condition': second };
    expect(await runStep(switchStep, { config: { cases }, evaluated })).toEqual({ kind: 'pass', handle });
  });

  it('is left by its cases and default, also while the draft is unfinished', () => {
    expect(switchStep.handles({ cases })).toEqual(['big', 'small', 'default']);
    expect(switchStep.handles({ cases: [{ handle: '' }, null] })).toEqual(['default']);
    expect(switchStep.handles({})).toEqual(['default']);
  });

  it.each([
    ['no case', []],
    ['two cases of one name', [cases[0], cases[0]]],
    ['a name that is taken', [{ handle: 'default', condition: 'true' }]],
  ])('refuses %s', (_name, refused) => {
    expect(switchStep.config.safeParse({ cases: refused }).success).toBe(false);
  });

  it('fails when a condition fails before one holds', async () => {
    const evaluated = {
      'cases.0.condition': Evaluated.failed(new ExpressionError('No.')),
      'cases.1.condition': true,
    };
    const run = async () => runStep(switchStep, { config: { cases }, evaluated });
    await expect(run()).rejects.toBeInstanceOf(ExpressionError);
  });
});
