import type { StepRounds } from '@hookloom/contracts';
import type { StepResult } from '@hookloom/engine';

/**
 * The results that tell most about a long run, in their order: every step outside of loops, what went wrong, what is
 * under way, then the first rounds.
 */
export function tellingSteps(results: readonly StepResult[], most: number): readonly StepResult[] {
  if (results.length <= most) return results;
  const byWorth = [isNoRound, hasFailed, isOpen, () => true].map((fits) => results.filter(fits)).flat();
  const kept = new Set<StepResult>();
  for (const result of byWorth) {
    if (kept.size === most) break;
    kept.add(result);
  }
  return results.filter((result) => kept.has(result));
}

/** Of each step inside a loop how many rounds there are. */
export function countRounds(results: readonly StepResult[]): StepRounds[] {
  const byStep = new Map<string, { count: number; failed: number }>();
  for (const result of results) {
    if (isNoRound(result)) continue;
    const { count, failed } = byStep.get(result.stepId) ?? { count: 0, failed: 0 };
    byStep.set(result.stepId, { count: count + 1, failed: failed + Number(hasFailed(result)) });
  }
  return [...byStep].map(([stepId, counts]) => ({ stepId, ...counts }));
}

function isNoRound({ path, stepId }: StepResult): boolean {
  return path === stepId;
}

function hasFailed({ status }: StepResult): boolean {
  return status === 'failed';
}

function isOpen({ status }: StepResult): boolean {
  return status === 'running' || status === 'waiting';
}
