import type { LaneSettings } from '@hookloom/contracts';
import { createHash } from 'node:crypto';
import type { ExecutionContext } from './execution-context.js';
import type { LaneEntry } from './ports.js';
import type { EndOfRun } from './run-end.js';
import { ours, RunLost } from './run-faults.js';
import type { RunJournal } from './run-journal.js';

/** A longer key is named by its digest. */
const LONGEST_KEY = 200;
/** Until a run looks again whether an older one has named its lane. */
const LATER_MS = 1_000;

type LaneContext = ExecutionContext & {
  readonly journal: RunJournal;
  /** Whether this hold of the run has asked for its turn. */
  readonly turn: { isTaken: boolean };
};

/**
 * Whether the run has to wait for its turn in a lane now: after its trigger's filter let it through, before its first
 * step. Drafts, tests of a step and error runs wait for nobody.
 */
export function mustEnterLane(context: LaneContext): boolean {
  const { run, workflow, journal } = context;
  if (workflow.definition.settings.lane === undefined || run.isInLane === true) return false;
  if (run.version === null || run.onlyStepId !== undefined || run.kind === 'error') return false;
  const { triggerId } = workflow.plan;
  const isStarted = triggerId !== undefined && journal.state.steps.get(triggerId)?.phase === 'succeeded';
  return isStarted && !context.turn.isTaken;
}

/** `left`: the run is in nobody's hands until its turn. An end: a newer run took its place, or its key is unknown. @throws RunLost */
export async function takeTurn(context: LaneContext): Promise<'goesOn' | 'left' | EndOfRun> {
  const { deps, run, journal, workflow } = context;
  context.turn.isTaken = true;
  const { lane } = workflow.definition.settings;
  const key = lane && (await keyOf(context, lane));
  if (lane === undefined || key === undefined) return 'goesOn';
  if (typeof key !== 'string') return key;
  const outcome = await ours(() => deps.store.enterLane(run, toEntry(context, lane, key)));
  if (outcome === false) throw new RunLost();
  if (outcome.kind === 'superseded') return { status: 'skipped', error: outcome.error };
  if (outcome.kind === 'later') {
    await journal.release({ kind: 'asleep', until: deps.now() + LATER_MS });
    return 'left';
  }
  for (const runId of outcome.skipped)
    deps.changes.publish(run.projectId, { runId, seq: 0, status: 'skipped' });
  if (outcome.kind === 'entered') return 'goesOn';
  deps.changes.publish(run.projectId, { runId: run.id, seq: 0, status: 'queued' });
  return 'left';
}

/** A person's retry is one run among the others: it takes nobody's place and loses its own to nobody. */
function toEntry({ run }: LaneContext, lane: LaneSettings, key: string): LaneEntry {
  const { concurrency = 1, mode = 'queue', seconds = 0 } = lane;
  const isRetried = run.journal.some((entry) => entry.kind === 'retried');
  return {
    key,
    concurrency,
    keepsNewest: mode !== 'queue' && !isRetried,
    quietSeconds: mode === 'debounce' && !isRetried ? seconds : 0,
  };
}

/** `undefined`: the run belongs to no lane. */
async function keyOf(context: LaneContext, lane: LaneSettings): Promise<string | undefined | EndOfRun> {
  const { deps, run, scope } = context;
  const vars = await ours(() => deps.variables.load(run.projectId));
  const expressions = [{ source: lane.key, as: 'value' } as const];
  const [outcome] = await deps.evaluator.evaluate({ expressions, scope: scope.forLane(vars) });
  if (!outcome?.ok) {
    const message = `The key of the lane failed: ${outcome?.error.message ?? 'nothing came back.'} So it is not known which runs this one has to wait for. Change the key in the workflow's settings, then retry the run.`;
    return { status: 'failed', error: { code: 'lane_key_failed', message } };
  }
  const value: unknown = JSON.parse(outcome.json);
  if (value === null) return undefined;
  const text = (typeof value === 'string' ? value : outcome.json).replaceAll('\0', '\uFFFD');
  return text.length <= LONGEST_KEY ? text : createHash('sha256').update(text).digest('base64url');
}
