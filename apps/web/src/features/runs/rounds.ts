import type { StepResultView, StepRounds as RoundCount } from '@hookloom/contracts';

/** One step of a run; a step inside a loop has a result for each round. */
export interface StepRounds {
  readonly stepId: string;
  /** The round that is shown: the chosen one, else the first that failed, else the first. */
  readonly shown: StepResultView;
  /** Those that failed first, then in the order they began. */
  readonly all: readonly StepResultView[];
}

/** The steps of a run in the order they began, each once. */
export function roundsOf(results: readonly StepResultView[], selectedPath: string | undefined): StepRounds[] {
  const byStep = new Map<string, StepResultView[]>();
  for (const result of results) {
    const rounds = byStep.get(result.stepId);
    if (rounds) rounds.push(result);
    else byStep.set(result.stepId, [result]);
  }
  return [...byStep].flatMap(([stepId, rounds]) => {
    const all = [...rounds.filter(hasFailed), ...rounds.filter((round) => !hasFailed(round))];
    const shown = all.find(({ path }) => path === selectedPath) ?? all[0];
    return shown === undefined ? [] : [{ stepId, shown, all }];
  });
}

/** How many rounds a step has, those left out of a long run's steps included. */
export function roundCount({ stepId, all }: StepRounds, counts: readonly RoundCount[] | undefined): number {
  return Math.max(all.length, counts?.find((one) => one.stepId === stepId)?.count ?? 0);
}

/** The round's number as people count, from `each[3].call`: 4; of nested loops `2.4`. */
export function roundNumber(path: string): string {
  return [...path.matchAll(/\[(\d+)\]/g)].map(([, at]) => String(Number(at) + 1)).join('.');
}

function hasFailed({ status }: StepResultView): boolean {
  return status === 'failed';
}
