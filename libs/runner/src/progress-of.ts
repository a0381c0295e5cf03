import type { RunState } from '@hookloom/engine';
import type { RunProgress } from './ports.js';

/** Counts what a state knows; rounds of loops that are over are not in it any more. */
export function progressOf({ steps }: RunState): RunProgress {
  let done = 0;
  let total = 0;
  let attempt = 0;
  for (const step of steps.values()) {
    attempt = Math.max(attempt, step.earlier + step.attempt);
    if (step.round !== undefined || step.phase === 'skipped') continue;
    total += 1;
    if (step.phase === 'succeeded') done += 1;
  }
  return { done, total, attempt };
}
