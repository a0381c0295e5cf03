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
const saved = [step('hook', {}), step('call', { method: 'POST' })];

describe('the problems that still stand', () => {
  it('leaves out one whose setting was changed since', () => {
    const edited = [step('hook', {}), step('call', { method: 'POST', url: 'https://a.example' })];
    expect(standingProblems([ofUrl], saved, edited)).toEqual([]);
  });

  it('keeps one where only something else was changed', () => {
    const edited = [step('call', { method: 'PUT' })];
    expect(standingProblems([ofUrl], saved, edited)).toEqual([ofUrl]);
  });

  it('looks at a setting as a whole, lists and objects too', () => {
    const before = [step('call', { headers: { a: '{{ x' } })];
    const problem = missing('call', 'steps.0.config.headers.a');
    expect(standingProblems([problem], before, [step('call', { headers: { a: '{{ x' } })])).toEqual([
      problem,
    ]);
    expect(standingProblems([problem], before, [step('call', { headers: { a: 'x' } })])).toEqual([]);
  });

  it('leaves out those of steps that are gone, and keeps those of the workflow and of steps as a whole', () => {
    const whole: WorkflowProblem = {
      code: 'no_trigger',
      path: 'steps',
      message: 'No trigger.',
      blocking: true,
    };
    const unreachable = missing('call', 'steps.1');
    expect(standingProblems([whole, ofUrl], saved, [])).toEqual([whole]);
    expect(standingProblems([unreachable], saved, [step('call', {})])).toEqual([unreachable]);
  });
});
