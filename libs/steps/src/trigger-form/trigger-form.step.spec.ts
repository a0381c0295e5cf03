import { checkConfig } from '@hookloom/step-kit';
import { runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { triggerFormStep } from './trigger-form.step.js';

const problemsOf = (config: Record<string, unknown>) =>
  checkConfig(triggerFormStep, config).map(({ path, message }) => `${path}: ${message}`);

describe('trigger.form', () => {
  it('passes what was filled in on', async () => {
    await expect(runStep(triggerFormStep, { config: {} })).resolves.toEqual({ kind: 'pass', handle: 'out' });
  });

  it('takes fields of every type', () => {
    const fields = [
      { name: 'who' },
      { name: 'colour', type: 'choice', options: 'Red\nBlue' },
      { name: 'cv', type: 'file', accept: '.pdf', maxMegabytes: 2 },
    ];
    expect(problemsOf({ title: 'Apply', fields, redirect: 'https://example.com' })).toEqual([]);
  });

  it.each([
    [{ fields: [{ name: 'First name' }] }, /^fields\.0\.name: .*Begin with a lower-case letter/],
    [{ fields: [{ name: 'a' }, { name: 'a' }] }, /^fields\.1\.name: .*Another field has this name/],
    [{ fields: [{ name: 'a', type: 'choice' }] }, /^fields\.0\.options: .* is missing/],
    [{ redirect: 'javascript:alert(1)' }, /^redirect: .*begins with https/],
  ])('refuses %j', (config, problem) => {
    expect(problemsOf(config)).toEqual([expect.stringMatching(problem)]);
  });
});
