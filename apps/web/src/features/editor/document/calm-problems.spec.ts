import type { WorkflowProblem } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { calmProblems, fieldKey } from './calm-problems.js';

const missing = (path: string, stepId?: string): WorkflowProblem => ({
  code: 'missing_field',
  ...(stepId === undefined ? {} : { stepId }),
  path,
  message: 'It is missing.',
  blocking: true,
});
const ofUrl = missing('steps.1.config.url', 'call');
const nothing = { atOpen: [], left: new Set<string>() };

describe('the problems of what is just begun', () => {
  it('leave out what is missing in fields that nobody has come to', () => {
    const wrong = { ...ofUrl, code: 'invalid_field' };
    expect(calmProblems([ofUrl, wrong], nothing)).toEqual([wrong]);
  });

  it('have it once the field was left, the same field of another step not', () => {
    const ofOther = missing('steps.2.config.url', 'other');
    const left = new Set([fieldKey('call', 'url')]);
    expect(calmProblems([ofUrl, ofOther], { ...nothing, left })).toEqual([ofUrl]);
  });

  it('have what was missing when the workflow was opened, wherever the step stands now', () => {
    const atOpen = [missing('steps.7.config.url', 'call')];
    expect(calmProblems([ofUrl], { ...nothing, atOpen })).toEqual([ofUrl]);
  });

  it('hold for the settings of the workflow, too', () => {
    const ofHost = missing('settings.rateLimits.0.host');
    expect(calmProblems([ofHost], nothing)).toEqual([]);
    const left = new Set([fieldKey(undefined, 'rateLimits.0.host')]);
    expect(calmProblems([ofHost], { ...nothing, left })).toEqual([ofHost]);
  });
});
