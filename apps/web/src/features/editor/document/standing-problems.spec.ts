import type { WorkflowProblem, WorkflowStep } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { standingProblems } from './standing-problems.js';

const step = (id: string, config: WorkflowStep['config']): WorkflowStep => ({
  id,
  type: 'http',
  name: id,
  config,
});
const missing = (stepId: string, path: string): WorkflowProblem => ({
  code: 'missing_field',
  stepId,
  path,
  message: 'It is missing. Fill it in.',
  blocking: true,
});
const ofUrl = missing('call', 'steps.1.config.url');
const ofSteps = (...steps: WorkflowStep[]) => ({ steps, settings: {} });
const saved = ofSteps(step('hook', {}), step('call', { method: 'POST' }));

describe('the problems that still stand', () => {
  it('leaves out one whose setting was changed since', () => {
    const edited = ofSteps(step('hook', {}), step('call', { method: 'POST', url: 'https://a.example' }));
    expect(standingProblems([ofUrl], saved, edited)).toEqual([]);
  });

  it('keeps one where only something else was changed', () => {
    const edited = ofSteps(step('call', { method: 'PUT' }));
    expect(standingProblems([ofUrl], saved, edited)).toEqual([ofUrl]);
  });

  it('looks at a setting as a whole, lists and objects too', () => {
    const before = ofSteps(step('call', { headers: { a: '{{ x' } }));
    const problem = missing('call', 'steps.0.config.headers.a');
    const same = ofSteps(step('call', { headers: { a: '{{ x' } }));
    expect(standingProblems([problem], before, same)).toEqual([problem]);
    const mended = ofSteps(step('call', { headers: { a: 'x' } }));
    expect(standingProblems([problem], before, mended)).toEqual([]);
  });

  it('leaves out those of steps that are gone, and keeps those of the workflow and of steps as a whole', () => {
    const whole: WorkflowProblem = {
      code: 'no_trigger',
      path: 'steps',
      message: 'No trigger.',
      blocking: true,
    };
    const unreachable = missing('call', 'steps.1');
    expect(standingProblems([whole, ofUrl], saved, ofSteps())).toEqual([whole]);
    expect(standingProblems([unreachable], saved, ofSteps(step('call', {})))).toEqual([unreachable]);
  });

  it('leaves out one of a setting of the workflow that was changed since, and keeps the others', () => {
    const ofKey: WorkflowProblem = {
      code: 'missing_field',
      path: 'settings.lane.key',
      message: 'The key is missing.',
      blocking: true,
    };
    const before = { steps: saved.steps, settings: { lane: { key: '' } } };
    const limited = { ...before, settings: { ...before.settings, maxConcurrentRuns: 2 } };
    expect(standingProblems([ofKey], before, limited)).toEqual([ofKey]);
    const mended = { ...before, settings: { lane: { key: 'trigger.body.id' } } };
    expect(standingProblems([ofKey], before, mended)).toEqual([]);
  });
});
