import { forgetRounds, resumeLoop } from './rounds.js';
import { forgetAttempts, setPhase, stepState, type RunState, type StepState } from './run-state.js';
import { countEdge } from './settle.js';

/**
 * A person's retry: makes the named steps ready again and forgets what followed them. A loop that is not done goes
 * on with the rounds that are not.
 *
 * @param from ids of steps; those inside a loop go on with it
 */
export function repeat(state: RunState, from: readonly string[]): void {
  const loops = from.map((id) => stepState(state, id)).filter((step) => step.loop !== undefined);
  const again = stepsToRepeat(state, from);
  for (const id of again) forget(state, stepState(state, id), loops);
  for (const [id, step] of state.steps) {
    if (step.round || (step.phase !== 'succeeded' && step.phase !== 'skipped')) continue;
    for (const edge of state.plan.steps.get(id)?.outgoing ?? []) {
      if (again.has(edge.target)) countEdge(stepState(state, edge.target), edge.handle === step.leftBy);
    }
  }
  state.failure = undefined;
  state.end = undefined;
  for (const id of from) {
    const step = stepState(state, id);
    if (loops.includes(step)) resumeLoop(state, step);
    else setPhase(state, id, 'ready');
  }
}

function forget(state: RunState, step: StepState, resumed: readonly StepState[]): void {
  const isResumed = resumed.includes(step);
  if (step.phase === 'succeeded' || (step.loop && !isResumed)) step.generation += 1;
  if (step.loop && !isResumed) forgetRounds(state, step);
  setPhase(state, step.path, 'pending');
  if (!isResumed) forgetAttempts(step);
  step.taken = 0;
  step.untaken = 0;
  step.leftBy = null;
  step.suspension = undefined;
  step.isUnsettled = false;
}

/**
 * The named steps and what follows them. After a step that had succeeded everything is done again; after one
 * that had not, what succeeded all the same (a join of any) is kept.
 */
function stepsToRepeat(state: RunState, from: readonly string[]): Set<string> {
  const again = new Set(from);
  const open = from.map((id) => ({ id, repeatAll: stepState(state, id).phase === 'succeeded' }));
  for (let next = open.pop(); next; next = open.pop()) {
    for (const edge of state.plan.steps.get(next.id)?.outgoing ?? []) {
      const isKept = !next.repeatAll && stepState(state, edge.target).phase === 'succeeded';
      if (isKept || again.has(edge.target)) continue;
      again.add(edge.target);
      open.push({ id: edge.target, repeatAll: next.repeatAll });
    }
  }
  return again;
}
