import { setPhase, stepState, type RunState, type StepState } from './run-state.js';

/** Settles the edges of a step that is over: taken where they leave by `handle`, untaken elsewhere. */
export function leave(state: RunState, from: StepState, handle: string | null): void {
  const left: { step: StepState; handle: string | null }[] = [{ step: from, handle }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { step } = next;
    step.leftBy = next.handle;
    for (const edge of step.planned.outgoing) {
      const path = beside(step, edge.target);
      countEdge(stepState(state, path), edge.handle === next.handle);
      if (settle(state, path) === 'skipped') left.push({ step: stepState(state, path), handle: null });
    }
  }
}

/** The path of another step of the same round. */
export function beside(step: StepState, id: string): string {
  return step.round ? step.round.prefix + id : id;
}

export function countEdge(step: StepState, isTaken: boolean): void {
  if (isTaken) step.taken += 1;
  else step.untaken += 1;
}

/** Moves a pending step on where its incoming edges allow it: with several it waits for all, or (`join: any`) for the first. */
export function settle(state: RunState, path: string): 'ready' | 'skipped' | undefined {
  const verdict = verdictOn(stepState(state, path));
  if (verdict) setPhase(state, path, verdict);
  return verdict;
}

function verdictOn({ planned, phase, taken, untaken }: StepState): 'ready' | 'skipped' | undefined {
  if (phase !== 'pending') return undefined;
  if (planned.step.join === 'any' && taken > 0) return 'ready';
  if (taken + untaken < planned.incomingCount) return undefined;
  return taken > 0 ? 'ready' : 'skipped';
}
