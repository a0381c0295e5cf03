import type {
  AttemptView,
  JournalEntry,
  RunError,
  RunStatus,
  StepStatus,
  ValueRef,
} from '@hookloom/contracts';
import { fold } from './apply.js';
import type { Plan } from './plan.js';
import type { RunState, StepPhase } from './run-state.js';

/** Where a step's output is to be had: in the journal, by reference, from the trigger, or its own input. */
export type OutputSource =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'ref'; readonly ref: ValueRef }
  | { readonly kind: 'trigger' }
  | { readonly kind: 'input' };

/** One step of a run as people see it; times are epoch milliseconds. */
export interface StepResult {
  readonly stepId: string;
  readonly path: string;
  status: StepStatus;
  error: RunError | undefined;
  startedAt: number | undefined;
  finishedAt: number | undefined;
  readonly attempts: AttemptView[];
  output: OutputSource | undefined;
  /** Steps whose outputs are its `input`; empty for the trigger. */
  readonly sources: readonly string[];
}

/**
 * What each step of a run did, in the order they started, the trigger's first; steps that never started
 * come last, in the plan's order.
 *
 * @param runStatus a finished run shows what it never reached as `skipped`
 */
export function stepResults(
  plan: Plan,
  entries: readonly JournalEntry[],
  runStatus: RunStatus,
): StepResult[] {
  const results = new Map<string, StepResult>();
  for (const entry of entries) record(plan, results, entry);
  const state = fold(plan, entries);
  const isOver =
    state.end !== undefined || ['succeeded', 'failed', 'cancelled', 'skipped'].includes(runStatus);
  const isCancelled = (state.end?.status ?? runStatus) === 'cancelled';
  for (const [id, planned] of plan.steps) {
    const result = results.get(id) ?? emptyResult(id, planned.sources);
    result.status = statusOf(state, id, isOver, isCancelled);
    if (NO_OUTCOME.has(result.status)) forgetOutcome(result);
    if (isOver) closeAttempts(result);
    results.set(id, result);
  }
  const started = [...results.values()].filter((result) => result.startedAt !== undefined);
  const rest = [...results.values()].filter((result) => result.startedAt === undefined);
  return [...started.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0)), ...rest];
}

function emptyResult(id: string, sources: readonly string[]): StepResult {
  return {
    stepId: id,
    path: id,
    status: 'pending',
    error: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    attempts: [],
    output: undefined,
    sources,
  };
}

const PHASE_STATUS: Readonly<Record<StepPhase, StepStatus>> = {
  pending: 'pending',
  ready: 'queued',
  running: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
};

/** What a step did before a person had it done again is no outcome of now; its attempts stay visible. */
const NO_OUTCOME: ReadonlySet<StepStatus> = new Set(['pending', 'queued', 'running', 'skipped']);

function statusOf(state: RunState, id: string, isOver: boolean, isCancelled: boolean): StepStatus {
  const phase = state.steps.get(id)?.phase ?? 'pending';
  if (!isOver || phase === 'succeeded' || phase === 'failed') return PHASE_STATUS[phase];
  if (phase !== 'waiting' && phase !== 'running') return 'skipped';
  return isCancelled ? 'cancelled' : 'failed';
}

function forgetOutcome(result: StepResult): void {
  result.finishedAt = undefined;
  result.error = undefined;
  result.output = undefined;
}

/** Attempts whose outcome nobody saw: the worker stopped, or the run ended, while they were under way. */
function closeAttempts(result: StepResult): void {
  for (const attempt of result.attempts) {
    if (attempt.status !== 'running') continue;
    attempt.status = 'failed';
    attempt.error = { code: 'unknown_outcome', message: 'It was under way when it was interrupted.' };
  }
}

function record(plan: Plan, results: Map<string, StepResult>, entry: JournalEntry): void {
  if (entry.kind === 'stopped') return recordStop(plan, results, entry);
  if (entry.kind !== 'started' && entry.kind !== 'succeeded' && entry.kind !== 'failed') return;
  const result =
    results.get(entry.path) ?? emptyResult(entry.stepId, plan.steps.get(entry.stepId)?.sources ?? []);
  results.set(entry.path, result);
  const startedAt = entry.kind === 'started' ? entry.at : entry.startedAt;
  result.startedAt ??= startedAt;
  const attempt = result.attempts.find(
    (known) => known.number === entry.attempt && known.status === 'running',
  );
  if (attempt) result.attempts.splice(result.attempts.indexOf(attempt), 1);
  closeAttempts(result);
  result.attempts.push(attemptView(entry, startedAt));
  if (entry.kind === 'started') return;
  result.finishedAt = entry.at;
  result.error = entry.error;
  result.output = entry.kind === 'succeeded' ? outputSource(plan, entry) : undefined;
}

function attemptView(
  entry: Extract<JournalEntry, { kind: 'started' | 'succeeded' | 'failed' }>,
  startedAt: number,
): AttemptView {
  const started = { number: entry.attempt, startedAt: iso(startedAt) };
  if (entry.kind === 'started') return { ...started, status: 'running' };
  const status = entry.error ? 'failed' : 'succeeded';
  return {
    ...started,
    status,
    finishedAt: iso(entry.at),
    ...(entry.error ? { error: entry.error } : {}),
    ...(entry.kind === 'failed' && entry.retryAt !== undefined ? { retryAt: iso(entry.retryAt) } : {}),
    ...(entry.detail === undefined ? {} : { detail: entry.detail }),
  };
}

function outputSource(plan: Plan, entry: Extract<JournalEntry, { kind: 'succeeded' }>): OutputSource {
  if (entry.stepId === plan.triggerId && entry.output === undefined && !entry.outputRef)
    return { kind: 'trigger' };
  if (entry.passes) return { kind: 'input' };
  if (entry.outputRef) return { kind: 'ref', ref: entry.outputRef };
  return { kind: 'value', value: entry.output ?? null };
}

function recordStop(
  plan: Plan,
  results: Map<string, StepResult>,
  entry: Extract<JournalEntry, { kind: 'stopped' }>,
): void {
  const result = emptyResult(entry.stepId, plan.steps.get(entry.stepId)?.sources ?? []);
  result.startedAt = entry.at;
  result.finishedAt = entry.at;
  result.output = { kind: 'input' };
  result.attempts.push({
    number: 1,
    status: 'succeeded',
    startedAt: iso(entry.at),
    finishedAt: iso(entry.at),
  });
  results.set(entry.stepId, result);
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
