import { StepId } from '@hookloom/contracts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshCopyId, freshName, freshStepId } from './step-ids.js';

describe('fresh step ids', () => {
  it('read like the text they come from', () => {
    expect(freshStepId('HTTP request', new Set())).toBe('httpRequest');
    expect(freshStepId('HTTP request', new Set(['httpRequest']))).toBe('httpRequest2');
    expect(freshStepId('In', new Set())).toBe('stepIn');
    expect(freshStepId('über 9', new Set())).toBe('uber9');
  });

  it('are ids whatever the text is', () => {
    fc.assert(fc.property(fc.string(), (text) => StepId.safeParse(freshStepId(text, new Set())).success));
  });

  it('count up for copies', () => {
    expect(freshCopyId('a', new Set(['a', 'a2']))).toBe('a3');
    expect(freshCopyId('a9', new Set(['a9']))).toBe('a2');
    expect(freshName('Notify', new Set(['Notify', 'Notify 2']))).toBe('Notify 3');
  });
});
