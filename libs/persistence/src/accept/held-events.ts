import type pg from 'pg';

/** An event whose request waits, with the runs that can answer it. */
interface Waiting {
  readonly id: string;
  readonly runIds: readonly string[];
}

interface Given {
  readonly runId: string;
  readonly kind: 'respond' | 'ended';
  readonly content: string;
}

/** What the runs of one event gave, in the order in which they did, and which of them are over. */
export interface HeldProgress {
  readonly given: Given[];
  readonly over: { readonly runId: string; readonly status: string }[];
}

const GIVEN = `
select event_id, run_id as "runId", kind, content from event_answer where event_id = any($1) order by created_at, run_id`;
const OVER = `select id as "runId", status from run where id = any($1)`;
const NOTE = `update event set answer_status = $2, answer_ms = $3 where id = $1 and answer_status = 0`;

/** Events whose requests are held open until a run answers. */
export class HeldEvents {
  constructor(private readonly pool: pg.Pool) {}

  /** Two look-ups for all of them together. */
  async load(events: readonly Waiting[]): Promise<ReadonlyMap<string, HeldProgress>> {
    const progress = new Map(events.map(({ id }): [string, HeldProgress] => [id, { given: [], over: [] }]));
    const eventOf = new Map(events.flatMap(({ id, runIds }) => runIds.map((runId) => [runId, id])));
    const over = await this.pool.query<HeldProgress['over'][number]>(OVER, [[...eventOf.keys()]]);
    for (const run of over.rows) progress.get(eventOf.get(run.runId) ?? '')?.over.push(run);
    const given = await this.pool.query<Given & { event_id: string }>(GIVEN, [[...progress.keys()]]);
    for (const { event_id, ...answer } of given.rows) progress.get(event_id)?.given.push(answer);
    return progress;
  }

  /** What the request was answered with in the end. */
  async note(eventId: string, status: number, ms: number): Promise<void> {
    await this.pool.query(NOTE, [eventId, status, ms]);
  }
}
