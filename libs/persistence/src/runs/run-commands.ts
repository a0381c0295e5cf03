import type { JournalEntry, RunKind } from '@hookloom/contracts';
import type { StepAnswer, StepPlace } from '@hookloom/runner';
import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import { encodeEntries } from './journal-bytes.js';
import { ANSWER, FIND_ANSWER } from './run-flow.sql.js';
import {
  ACCEPT_LEFT_ALONE,
  CANCEL_UNOWNED,
  ENQUEUE,
  FIND_STATUS,
  LOCK_HELD_EVENT,
  REQUEST_CANCEL,
  RETRY,
} from './run-commands.sql.js';

/** A run that a person, a replay, a schedule or another workflow starts. */
export interface NewRun {
  readonly projectId: string;
  readonly workflowId: string;
  /** null: the draft, whose definition must then be given. */
  readonly version: number | null;
  readonly kind: RunKind;
  readonly triggerStepId: string;
  /** Only this step is to be done (a step test). */
  readonly onlyStepId?: string | undefined;
  readonly eventId?: string | undefined;
  /** JSON text. */
  readonly input?: string | undefined;
  readonly draft?: DraftOfRun | undefined;
  readonly maxConcurrentRuns?: number | undefined;
  /** `held`: its workflow is paused, so it waits until that is resumed. Queued when left out. */
  readonly state?: 'queued' | 'held' | undefined;
  /** Results of another run that this one takes over as its own. */
  readonly journal?: readonly JournalEntry[] | undefined;
  /** That other run. */
  readonly retryOf?: string | undefined;
}

/** The draft as it is now; later changes of it do not reach the run. */
export interface DraftOfRun {
  /** JSON text of the definition. */
  readonly definition: string;
  readonly workflowKey: string;
  readonly workflowName: string;
  /** JSON object's text: by step id what a step gives without being done. */
  readonly pins?: string | undefined;
}

export type RetryOutcome =
  { readonly kind: 'queued' } | { readonly kind: 'notFound' | 'eventGone' } | NotRetryable;
/** Only what ended as `failed` or `cancelled` can be retried. */
export interface NotRetryable {
  readonly kind: 'notRetryable';
  readonly status: string;
}
/** `requested`: tell its worker; without being told it sees the wish within ten seconds. `finished`: nothing was left to cancel. */
export type CancelOutcome = 'cancelled' | 'requested' | 'finished' | 'notFound';

/** The event that a run was to begin with is deleted. */
export class EventGone extends Error {
  readonly code = 'event_gone';
  constructor() {
    super('The event is deleted.');
    this.name = 'EventGone';
  }
}

/** Another run took over from the run that this one was to take over from. */
export class TakenOver extends Error {
  readonly code = 'taken_over';
  constructor() {
    super('Another run took over already.');
    this.name = 'TakenOver';
  }
}

/** What people do to runs. Each call is one transaction. */
export class RunCommands {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'newId' | 'now'>,
  ) {}

  /**
   * @returns the id of the queued run; ring the bell afterwards
   * @throws EventGone where its event was deleted; TakenOver where another run took over from `retryOf`
   */
  async enqueue(run: NewRun): Promise<string> {
    const id = this.clock.newId();
    const journal = run.journal ?? [];
    const answer = await this.pool.query(ENQUEUE, [
      id,
      run.projectId,
      run.workflowId,
      run.version,
      run.kind,
      run.triggerStepId,
      run.onlyStepId ?? null,
      run.eventId ?? null,
      run.maxConcurrentRuns ?? null,
      storable(run.input),
      storable(run.draft?.definition),
      run.draft?.workflowKey ?? null,
      run.draft?.workflowName ?? null,
      run.state ?? 'queued',
      encodeEntries(journal.map((entry) => ({ entry, outputJson: undefined }))),
      journal.length,
      storable(run.draft?.pins),
      run.retryOf ?? null,
    ]);
    if (answer.rowCount === 0) throw (await this.isTakenOver(run)) ? new TakenOver() : new EventGone();
    return id;
  }

  /**
   * Goes on with the same run: back from history into the queue under a new fence, its journal kept, so that
   * what had succeeded is not done again.
   *
   * @param from steps that are to be done again, with all that follows them
   */
  async retry(projectId: string, runId: string, from: readonly string[]): Promise<RetryOutcome> {
    const entry = { kind: 'retried' as const, at: Math.round(this.clock.now()), from: [...from] };
    const retried = encodeEntries([{ entry, outputJson: undefined }]);
    const answer = await this.pool.query(RETRY, [runId, projectId, retried]);
    if (answer.rowCount === 1) return { kind: 'queued' };
    const status = await this.findStatus(projectId, runId);
    if (status === undefined) return { kind: 'notFound' };
    return status === 'failed' || status === 'cancelled'
      ? { kind: 'eventGone' }
      : { kind: 'notRetryable', status };
  }

  /** A run in nobody's hands ends at once; of one that a worker owns, the end is asked for. */
  async cancel(projectId: string, runId: string): Promise<CancelOutcome> {
    const at = Math.round(this.clock.now());
    const cancelled = encodeEntries([{ entry: { kind: 'cancelled', at }, outputJson: undefined }]);
    const outcome = await inTransaction(this.pool, async (client) => {
      const ended = await client.query(CANCEL_UNOWNED, [runId, projectId, cancelled]);
      if (ended.rowCount === 1) {
        await settleHeldEvent(client, projectId, runId);
        return 'cancelled' as const;
      }
      const asked = await client.query(REQUEST_CANCEL, [runId, projectId]);
      return asked.rowCount === 1 ? ('requested' as const) : undefined;
    });
    if (outcome !== undefined) return outcome;
    return (await this.findStatus(projectId, runId)) === undefined ? 'notFound' : 'finished';
  }

  /** The project of an unfinished run: for those who hold a signed name of it. */
  async findOpenProject(runId: string): Promise<string | undefined> {
    const text = 'select project_id from run_queue where id = $1';
    const answer = await this.pool.query<{ project_id: string }>(text, [runId]);
    return answer.rows[0]?.project_id;
  }

  /** How this wait was ended, if it was: something came for it, or its time was up. */
  async findAnswer(runId: string, { path, generation }: StepPlace): Promise<'used' | 'late' | undefined> {
    const answer = await this.pool.query<{ late: boolean }>(FIND_ANSWER, [runId, path, generation]);
    const row = answer.rows[0];
    return row && (row.late ? 'late' : 'used');
  }

  /** Ends the wait of one step, once. Ring the bell when it was `answered`. `late`: its time was up. */
  async answer(
    runId: string,
    place: StepPlace,
    result: StepAnswer,
  ): Promise<'answered' | 'used' | 'late' | 'over'> {
    const values = [runId, place.path, place.generation, JSON.stringify(result)];
    const answer = await this.pool.query<{ open: number; answered: number }>(ANSWER, values);
    const row = answer.rows[0];
    if (!row?.open) return 'over';
    return row.answered > 0 ? 'answered' : ((await this.findAnswer(runId, place)) ?? 'used');
  }

  private async isTakenOver({ projectId, retryOf }: NewRun): Promise<boolean> {
    if (retryOf === undefined) return false;
    const text = `select 1 from run_link where parent_run_id = $1 and project_id = $2 and kind = 'retry'`;
    return (await this.pool.query(text, [retryOf, projectId])).rowCount !== 0;
  }

  private async findStatus(projectId: string, runId: string): Promise<string | undefined> {
    const answer = await this.pool.query<{ status: string }>(FIND_STATUS, [runId, projectId]);
    return answer.rows[0]?.status;
  }
}

/** An event whose last held run was cancelled is held no more. */
async function settleHeldEvent(client: pg.PoolClient, projectId: string, runId: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(LOCK_HELD_EVENT, [runId, projectId]);
  for (const { id } of rows) await client.query(ACCEPT_LEFT_ALONE, [id]);
}

/** JSON text has U+0000 only as an escape; a raw one is no JSON, but must not fail the write either. */
function storable(text: string | undefined): string | null {
  return text?.replaceAll('\0', '\uFFFD') ?? null;
}
