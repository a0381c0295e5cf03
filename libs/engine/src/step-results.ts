import type {
  AttemptView,
  JournalEntry,
  PostponementView,
  ListPart,
  RunError,
  RunStatus,
  StepStatus,
  ValueRef,
} from '@hookloom/contracts';
import { apply } from './apply.js';
import type { Plan } from './plan.js';
import { emptyRunState, type RunState, type StepPhase } from './run-state.js';

/** Of a step that waits for its destination again and again only the latest are shown. */
const SHOWN_POSTPONEMENTS = 20;

/** Where a step's output is to be had: in the journal, by reference, from the trigger, or its own input. */
export type OutputSource =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'ref'; readonly ref: ValueRef }
  | { readonly kind: 'list'; readonly parts: readonly ListPart[] }
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
  /** Its output was pinned to the draft: it was not done. */
  isPinned: boolean;
  output: OutputSource | undefined;
  /** Until when it waits, epoch milliseconds. */
  resumesAt: number | undefined;
  /** When it could not act at once, and why: the latest of them. */
  readonly postponed: PostponementView[];
  /** A loop's list of items. */
  items: OutputSource | undefined;
  /** Whose outputs are its `input`; empty for the trigger. The path `each[3]` names the item of that round. */
  readonly sources: readonly { readonly stepId: string; readonly path: string }[];
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
  const state = emptyRunState(plan);
  for (const entry of entries) {
    record(plan, results, entry);
    apply(state, entry);
    state.endedRounds = [];
    if (entry.kind === 'retried') forgetRedone(state, results);
  }
  const status = state.end?.status ?? runStatus;
  const isOver = ['succeeded', 'failed', 'cancelled', 'skipped'].includes(status);
  for (const [id, planned] of plan.steps) {
    if (planned.loop === undefined && !results.has(id)) results.set(id, emptyResult(plan, id, id));
  }
  for (const result of results.values()) {
    result.status = statusOf(state, result, status, isOver);
    if (NO_OUTCOME.has(result.status)) forgetOutcome(result);
    if (isOver) closeAttempts(result);
    numberAttempts(result);
  }
  const started = [...results.values()].filter((result) => result.startedAt !== undefined);
  const rest = [...results.values()].filter((result) => result.startedAt === undefined);
  return [...started.sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0)), ...rest];
}

/** Rounds of a loop that begins anew are no outcome of now. */
function forgetRedone(state: RunState, results: Map<string, StepResult>): void {
  for (const result of results.values()) {
    if (result.path === result.stepId) continue;
    const loop = state.steps.get(result.path.slice(0, result.path.indexOf('[')));
    if (loop?.phase === 'pending' || (loop?.phase === 'ready' && !loop.loop)) results.delete(result.path);
  }
}

function emptyResult(plan: Plan, stepId: string, path: string): StepResult {
  const planned = plan.steps.get(stepId);
  const round = path.slice(0, path.length - stepId.length);
  return {
    stepId,
    path,
    status: 'pending',
    error: undefined,
    startedAt: undefined,
    finishedAt: undefined,
    attempts: [],
    isPinned: false,
    output: undefined,
    resumesAt: undefined,
    postponed: [],
    items: undefined,
    sources: (planned?.sources ?? []).map((id) => ({
      stepId: id,
      path: id === planned?.loop ? round.slice(0, -1) : round + id,
    })),
  };
}

const PHASE_STATUS: Readonly<Record<StepPhase, StepStatus>> = {
  pending: 'pending',
  ready: 'queued',
  running: 'running',
  looping: 'running',
  waiting: 'waiting',
  succeeded: 'succeeded',
  failed: 'failed',
  skipped: 'skipped',
};

/** What a step did before a person had it done again is no outcome of now; its attempts stay visible. */
const NO_OUTCOME: ReadonlySet<StepStatus> = new Set(['pending', 'queued', 'running', 'skipped']);

/**
 * What ends with its run: a wait is cut short, `cancelled`; a step in act is `failed` unless a person cancelled it; a loop
 * with rounds left is `failed` in a run that failed.
 */
function statusOf(state: RunState, result: StepResult, run: RunStatus, isOver: boolean): StepStatus {
  const phase = state.steps.get(result.path)?.phase;
  if (phase === undefined) return statusOfForgotten(result);
  if (!isOver || phase === 'succeeded' || phase === 'failed') return PHASE_STATUS[phase];
  if (phase !== 'waiting' && phase !== 'running' && phase !== 'looping') return 'skipped';
  if (phase === 'looping') return run === 'failed' ? 'failed' : 'cancelled';
  const wentWrong = phase === 'running' || result.attempts.at(-1)?.status === 'failed';
  return wentWrong && run !== 'cancelled' ? 'failed' : 'cancelled';
}

/** A step of a round that is over: the state keeps no such rounds. */
function statusOfForgotten(result: StepResult): StepStatus {
  const isFailed = result.attempts.at(-1)?.status !== 'succeeded' && result.output === undefined;
  return isFailed ? 'failed' : 'succeeded';
}

/** A person's retry counts attempts from 1 again, so that the policy gives all of them; people see one row of tries. */
function numberAttempts({ attempts }: StepResult): void {
  for (const [index, attempt] of attempts.entries()) attempt.number = index + 1;
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
  // It may have been shown as begun while its filter was being evaluated.
  if (entry.kind === 'filtered') return void results.delete(plan.startId);
  if (entry.kind === 'looping') return recordLoop(resultOf(plan, results, entry), entry);
  if (entry.kind === 'suspended') {
    const result = resultOf(plan, results, entry);
    result.startedAt ??= entry.startedAt;
    result.resumesAt = entry.until;
    return;
  }
  if (entry.kind === 'postponed') return recordPostponement(resultOf(plan, results, entry), entry);
  if (entry.kind !== 'started' && entry.kind !== 'succeeded' && entry.kind !== 'failed') return;
  const result = resultOf(plan, results, entry);
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
  result.isPinned = entry.kind === 'succeeded' && entry.pinned === true;
  result.output = entry.kind === 'succeeded' ? outputSource(plan, entry) : undefined;
}

function resultOf(
  plan: Plan,
  results: Map<string, StepResult>,
  { stepId, path }: { readonly stepId: string; readonly path: string },
): StepResult {
  const result = results.get(path) ?? emptyResult(plan, stepId, path);
  results.set(path, result);
  return result;
}

function recordLoop(result: StepResult, entry: Extract<JournalEntry, { kind: 'looping' }>): void {
  result.startedAt ??= entry.startedAt;
  result.items = entry.items
    ? { kind: 'list', parts: entry.items }
    : { kind: 'value', value: entry.output ?? [] };
}

function recordPostponement(result: StepResult, entry: Extract<JournalEntry, { kind: 'postponed' }>): void {
  result.startedAt ??= entry.startedAt;
  result.resumesAt = entry.until;
  const begun = result.attempts.at(-1);
  if (begun?.status === 'running' && begun.number === entry.attempt) result.attempts.pop();
  result.postponed.push({ at: iso(entry.at), until: iso(entry.until), reason: entry.reason });
  if (result.postponed.length > SHOWN_POSTPONEMENTS) result.postponed.shift();
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
  if (entry.list) return { kind: 'list', parts: entry.list };
  return { kind: 'value', value: entry.output ?? null };
}

function recordStop(
  plan: Plan,
  results: Map<string, StepResult>,
  entry: Extract<JournalEntry, { kind: 'stopped' }>,
): void {
  const path = entry.path ?? entry.stepId;
  const result = emptyResult(plan, entry.stepId, path);
  result.startedAt = entry.at;
  result.finishedAt = entry.at;
  result.output = { kind: 'input' };
  result.attempts.push({
    number: 1,
    status: 'succeeded',
    startedAt: iso(entry.at),
    finishedAt: iso(entry.at),
  });
  results.set(path, result);
}

function iso(epochMs: number): string {
  return new Date(epochMs).toISOString();
}
