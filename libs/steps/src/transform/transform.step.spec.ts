import { Evaluated, ExpressionError } from '@hookloom/step-kit';
import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { transformStep } from './transform.step.js';

const config = { expression: '$' };

describe('transform', () => {
  it('gives the result of its expression, its JSON text untouched', async () => {
    const evaluated = { expression: Evaluated.of('{"n":12345678901234567890}') };
    const outcome = await runStep(transformStep, { config, evaluated });
    expect(outcome).toMatchObject({ kind: 'output', handle: 'out', output: evaluated.expression });
  });

  it('fails where its value is read when the expression failed', async () => {
    const failed = Evaluated.failed(new ExpressionError('It ran too long.'));
    const outcome = await runStep(transformStep, { config, evaluated: { expression: failed } });
    expect(() => (outcome as { output: Evaluated }).output.json).toThrow('It ran too long.');
  });
});
