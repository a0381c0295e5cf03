import { Evaluated, ExpressionError } from '@hookloom/step-kit';
import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { codeStep } from './code.step.js';

const config = { source: 'return 1' };

describe('code', () => {
  it('gives what its function returned, with what it wrote to its console', async () => {
    const source = Evaluated.of('{"n":1}', ['a line']);
    const outcome = await runStep(codeStep, { config, evaluated: { source } });
    expect(outcome).toMatchObject({ kind: 'output', output: source, detail: { logs: ['a line'] } });
  });

  it('keeps no log where nothing was written', async () => {
    const outcome = await runStep(codeStep, { config, evaluated: { source: 1 } });
    expect(outcome).not.toHaveProperty('detail.logs');
  });

  it('fails where its value is read when the code failed', async () => {
    const source = Evaluated.failed(new ExpressionError('The code failed on line 3.'));
    const outcome = await runStep(codeStep, { config, evaluated: { source } });
    expect(() => (outcome as { output: Evaluated }).output.json).toThrow('line 3');
  });
});
