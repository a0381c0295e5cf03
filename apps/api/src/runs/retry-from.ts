import type { JournalEntry } from '@hookloom/contracts';
import { fold, type Plan, type StepPhase } from '@hookloom/engine';

/** Steps of these phases have begun or could have; the others were never reached. */
const REACHED: ReadonlySet<StepPhase> = new Set([
  'ready',
  'running',
  'looping',
  'waiting',
  'succeeded',
  'failed',
]);
const UNFINISHED: ReadonlySet<StepPhase> = new Set(['ready', 'running', 'looping', 'waiting', 'failed']);

/** Where a retry goes on. */
export type RetryStart =
  { readonly kind: 'steps'; readonly from: readonly string[] } | { readonly kind: 'notReached' };

/**
 * Which steps a retry does again: those that are not finished, and the one that a person names. What follows the
 * named step is left to it. A loop goes on with its unfinished rounds, so a step inside one stands for it.
 */
export function retryFrom(
  plan: Plan,
  journal: readonly JournalEntry[],
  person: string | undefined,
): RetryStart {
  const state = fold(plan, journal);
  const unfinished = [...state.steps]
    .filter(([, step]) => !step.round && UNFINISHED.has(step.phase))
    .map(([id]) => id);
  if (person === undefined)
    return { kind: 'steps', from: [...new Set([...unfinished, ...stops(plan, journal)])] };
  const named = outermost(plan, person);
  const phase = state.steps.get(named)?.phase;
  if (phase === undefined || !REACHED.has(phase)) return { kind: 'notReached' };
  const after = followersOf(plan, named);
  return { kind: 'steps', from: [named, ...unfinished.filter((id) => id !== named && !after.has(id))] };
}

/**
 * The results that a new run of another version takes over, by step id: what had succeeded and is still there, but
 * not the step that a person names, nor what follows it. A loop counts as one step: it is over or begins anew.
 */
export function resultsToKeep(
  old: Plan,
  journal: readonly JournalEntry[],
  next: Plan,
  named: string | undefined,
): JournalEntry[] {
  const state = fold(old, journal);
  const again =
    named === undefined
      ? new Set<string>()
      : new Set([outermost(next, named), ...followersOf(next, outermost(next, named))]);
  const last = new Map<string, JournalEntry>();
  for (const entry of journal) if (entry.kind === 'succeeded') last.set(entry.path, entry);
  return journal.filter(
    (entry) =>
      entry.kind === 'succeeded' &&
      entry.path === entry.stepId &&
      next.steps.get(entry.stepId)?.loop === undefined &&
      last.get(entry.path) === entry &&
      state.steps.get(entry.path)?.phase === 'succeeded' &&
      next.steps.has(entry.stepId) &&
      !again.has(entry.stepId),
  );
}

/** Which steps keep what they gave, and which a run with this journal is yet to do. */
export interface Foreseen {
  readonly kept: string[];
  readonly again: string[];
}

/**
 * What is left to do, as the engine itself would see it. Of two ways after a step that is done again, both may come;
 * a way that a kept branch did not take stays aside. A loop counts once, a disabled step not at all.
 */
export function foresee(plan: Plan, journal: readonly JournalEntry[]): Foreseen {
  const { steps } = fold(plan, journal);
  const foreseen: Foreseen = { kept: [], again: [] };
  for (const { id, step, loop } of plan.steps.values()) {
    const phase = steps.get(id)?.phase;
    if (loop !== undefined || step.disabled === true || phase === 'skipped') continue;
    (phase === 'succeeded' ? foreseen.kept : foreseen.again).push(id);
  }
  return foreseen;
}

/** The stop step that ended the run, if one did: it is done again, beside what it kept from being done. */
function stops(plan: Plan, journal: readonly JournalEntry[]): string[] {
  const last = journal.findLast((entry) => entry.kind === 'stopped' || entry.kind === 'retried');
  return last?.kind === 'stopped' ? [outermost(plan, last.stepId)] : [];
}

/** The loop around a step that no other loop is around, or the step itself. */
function outermost(plan: Plan, id: string): string {
  const loop = plan.steps.get(id)?.loop;
  return loop === undefined ? id : outermost(plan, loop);
}

function followersOf(plan: Plan, id: string): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const { target } of plan.steps.get(next)?.outgoing ?? []) {
      if (found.has(target)) continue;
      found.add(target);
      open.push(target);
    }
  }
  return found;
}
