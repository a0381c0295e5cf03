import type pg from 'pg';

export interface QueueHealth {
  /** Queued and waiting runs, counted up to one more than a million. */
  readonly waiting: number;
  readonly running: number;
  readonly held: number;
  /** Milliseconds since the run that is due for longest became due; 0 if none is. */
  readonly oldestReadyMs: number;
}

const QUEUE_HEALTH = `
select
  (select count(*)::int from (select from run_queue where state in ('queued', 'waiting') limit 1000001) q) as waiting,
  (select count(*)::int from run_queue where state = 'running') as running,
  (select count(*)::int from (select from run_queue where state = 'held' limit 1000001) q) as held,
  (select greatest(0, extract(epoch from now() - min(available_at)) * 1000)::float8 from (
    (select min(available_at) as available_at from run_queue where state in ('queued', 'waiting') and lane is null)
    union all
    (select min(available_at) from run_queue where state in ('queued', 'waiting') and lane = 'suspect')
  ) oldest) as oldest_ready_ms`;

/** How much waits and for how long. Reads up to a million rows: not more often than every few seconds. */
export async function queueHealth(pool: pg.Pool): Promise<QueueHealth> {
  const answer = await pool.query<{
    waiting: number;
    running: number;
    held: number;
    oldest_ready_ms: number | null;
  }>(QUEUE_HEALTH);
  const row = answer.rows[0];
  return {
    waiting: row?.waiting ?? 0,
    running: row?.running ?? 0,
    held: row?.held ?? 0,
    oldestReadyMs: row?.oldest_ready_ms ?? 0,
  };
}
