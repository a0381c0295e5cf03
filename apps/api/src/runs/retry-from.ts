import type { JournalEntry, RetryPreview } from '@hookloom/contracts';
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

/** What a retry of the same run from these steps keeps, and what it does if the flow reaches it. */
export function previewOfRetry(
  plan: Plan,
  journal: readonly JournalEntry[],
  from: readonly string[],
): RetryPreview {
  const again = new Set(from.flatMap((id) => [id, ...followersOf(plan, id)]));
  const { steps } = fold(plan, journal);
  return partsOf(plan, (id) =>
    again.has(id) ? 'again' : steps.get(id)?.phase === 'succeeded' ? 'keep' : undefined,
  );
}

/** The same for a new run of another version, which takes over these results. */
export function previewOfNewRun(plan: Plan, kept: readonly JournalEntry[]): RetryPreview {
  const ids = new Set(kept.flatMap((entry) => ('stepId' in entry ? entry.stepId : [])));
  return partsOf(plan, (id) => (ids.has(id) ? 'keep' : 'again'));
}

/** Steps of loops are left to their loop. */
function partsOf(plan: Plan, partOf: (id: string) => keyof RetryPreview | undefined): RetryPreview {
  const preview: RetryPreview = { keep: [], again: [] };
  for (const id of plan.steps.keys()) {
    if (outermost(plan, id) !== id) continue;
    const part = partOf(id);
    if (part !== undefined) preview[part].push(id);
  }
  return preview;
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
