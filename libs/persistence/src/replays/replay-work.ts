import { LIMITS, ReplayFilter } from '@hookloom/contracts';
import type pg from 'pg';
import { Backlog } from '../accept/backlog.js';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import { eventConditions } from '../repositories/event-conditions.js';
import * as sql from './replay-work.sql.js';
import { startsOf, type ReplayStarts, type StartOfRun } from './replay-starts.js';

/** A running replay as a worker takes it; `due`: events that its rate allows now. */
interface TakenReplay {
  readonly id: string;
  readonly projectId: string;
  readonly filter: string;
  readonly newestEventId: string | null;
  readonly lastEventId: string | null;
  readonly workflowId: string | null;
  readonly version: number | null;
  readonly starts: string | null;
  readonly definition: string | null;
  readonly due: number;
}

interface EventToReplay {
  readonly id: string;
  readonly endpointId: string;
}

interface NewReplayRun extends StartOfRun {
  readonly id: string;
  readonly eventId: string;
}

/** What one turn did. */
export interface ReplayTurn {
  /** Runs that are due: ring for them. */
  readonly runIds: readonly string[];
  /** A replay was at hand: call again soon. */
  readonly isBusy: boolean;
}

/** Of the runs that may wait, this part before replays start no more. */
const MOST_OF_QUEUE = 1 / 2;
const IDLE: ReplayTurn = { runIds: [], isBusy: false };

/**
 * Starts the runs of bulk replays, oldest event first, at the rate that each allows. A turn is one transaction:
 * what was started and how far it got are stored together, so a killed worker neither repeats nor skips an event.
 */
export class ReplayWork {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'newId'>,
    private readonly backlog: Pick<Backlog, 'isFull'> = new Backlog(pool, LIMITS.waitingRuns * MOST_OF_QUEUE),
  ) {}

  /**
   * Carries one replay on. Every worker may call it at any time. Replays rest while the queue is half full: its other
   * half is for events that arrive.
   *
   * @throws what went wrong with one replay; the others are carried on before that one is tried again
   */
  async takeTurn(): Promise<ReplayTurn> {
    if (this.backlog.isFull()) return IDLE;
    let taken = '';
    try {
      return await inTransaction(this.pool, async (client) => {
        const answer = await client.query<TakenReplay>(sql.TAKE);
        const replay = answer.rows[0];
        if (replay === undefined) return IDLE;
        taken = replay.id;
        return await this.carryOn(client, replay);
      });
    } catch (error) {
      if (taken !== '') await this.pool.query(sql.SET_BACK, [taken]);
      throw error;
    }
  }

  private async carryOn(client: pg.PoolClient, replay: TakenReplay): Promise<ReplayTurn> {
    const events = await nextEvents(client, replay);
    const starts = await startsOf(client, replay, new Set(events.map(({ endpointId }) => endpointId)));
    const runs = events.flatMap((event) =>
      starts.of(event.endpointId).map((start) => ({ ...start, id: this.clock.newId(), eventId: event.id })),
    );
    await enqueue(client, replay, runs, starts);
    const started = new Set(runs.map(({ eventId }) => eventId)).size;
    await recordItems(client, replay.id, events, runs, starts.whyNone);
    const wasAll = events.length < replay.due;
    const last = events.at(-1)?.id ?? null;
    await client.query(sql.ADVANCE, [replay.id, last, started, events.length - started, wasAll]);
    return { runIds: runs.filter(({ isPaused }) => !isPaused).map(({ id }) => id), isBusy: true };
  }
}

async function nextEvents(client: pg.PoolClient, replay: TakenReplay): Promise<EventToReplay[]> {
  if (replay.newestEventId === null) return [];
  const where = eventConditions(replay.projectId, ReplayFilter.parse(JSON.parse(replay.filter)))
    .addIfGiven('id > ?', replay.lastEventId ?? undefined)
    .add('id <= ?', replay.newestEventId);
  const answer = await client.query<EventToReplay>(
    `select id, endpoint_id as "endpointId" from event where ${where.sql} order by id limit ${where.parameter(replay.due)} for key share`,
    where.values,
  );
  return answer.rows;
}

async function enqueue(
  client: pg.PoolClient,
  { projectId, definition, workflowId }: TakenReplay,
  runs: readonly NewReplayRun[],
  { workflow }: ReplayStarts,
): Promise<void> {
  if (runs.length === 0) return;
  const columns = [
    runs.map(({ id }) => id),
    runs.map(({ workflowId }) => workflowId),
    runs.map(({ version }) => version),
    runs.map(({ triggerStepId }) => triggerStepId),
    runs.map(({ eventId }) => eventId),
    runs.map(({ isPaused }) => (isPaused ? 'held' : 'queued')),
    runs.map(({ maxConcurrentRuns }) => maxConcurrentRuns),
  ];
  if (definition !== null && workflow !== undefined) {
    const { key, name } = workflow;
    await client.query(sql.KEEP_DRAFT, [projectId, columns[0], definition, key, name, workflowId]);
  }
  await client.query(sql.ENQUEUE_MANY, [projectId, ...columns]);
}

async function recordItems(
  client: pg.PoolClient,
  replayId: string,
  events: readonly EventToReplay[],
  runs: readonly NewReplayRun[],
  whyNone: string,
): Promise<void> {
  const runIds = new Map(events.map(({ id }) => [id, new Array<string>()]));
  for (const { id, eventId } of runs) runIds.get(eventId)?.push(id);
  const lists = [...runIds.values()];
  await client.query(sql.RECORD_ITEMS, [
    replayId,
    [...runIds.keys()],
    lists.map((ids) => `{${ids.join(',')}}`),
    lists.map((ids) => (ids.length === 0 ? whyNone : null)),
  ]);
}
