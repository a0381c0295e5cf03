import type pg from 'pg';

/** Something that must never be; `ids` are the first few. */
export interface AuditFinding {
  readonly check: string;
  readonly sentence: string;
  readonly ids: readonly string[];
}

interface Check {
  readonly check: string;
  readonly sentence: string;
  /** Gives column `id`; $1 is the id from which on to look. */
  readonly sql: string;
}

const SHOWN = 20;

const CHECKS: readonly Check[] = [
  {
    check: 'event_without_run',
    sentence: 'Accepted events that started no run.',
    sql: `select e.id from event e where e.id >= $1 and e.status = 'accepted'
      and e.received_at < now() - interval '1 minute'
      and not exists (select from run_queue q where q.event_id = e.id)
      and not exists (select from run r where r.event_id = e.id)`,
  },
  {
    check: 'run_in_queue_and_history',
    sentence: 'Runs that are finished and in the queue at the same time.',
    sql: `select q.id from run_queue q join run r on r.id = q.id where q.id >= $1`,
  },
  {
    check: 'run_without_event',
    sentence: 'Unfinished runs whose event is gone.',
    sql: `select q.id from run_queue q where q.id >= $1 and q.event_id is not null
      and not exists (select from event e where e.id = q.event_id)`,
  },
  {
    check: 'run_without_worker',
    sentence: 'Running runs whose worker has been gone for more than two minutes.',
    sql: `select q.id from run_queue q where q.id >= $1 and q.state = 'running' and q.claimed_at < now() - interval '2 minutes'
      and not exists (
        select from worker_lease l where l.owner = q.owner and l.lease_until > now() - interval '2 minutes')`,
  },
  {
    check: 'run_never_claimed',
    sentence: 'Runs that have been due for more than an hour.',
    sql: `select id from run_queue where id >= $1 and state in ('queued', 'waiting')
      and available_at < now() - interval '1 hour' order by available_at`,
  },
  {
    check: 'wrong_clock',
    sentence: 'Rows in a default partition: a clock was wrong, or partitions were not made in time.',
    sql: `select id from event_default where id >= $1 union all select id from run_default where id >= $1`,
  },
];

/** Looks for what must never be. Nothing found is an empty list. @param fromId ids below are not looked at */
export async function selfAudit(pool: pg.Pool, fromId: string): Promise<AuditFinding[]> {
  const findings: AuditFinding[] = [];
  for (const { check, sentence, sql } of CHECKS) {
    const answer = await pool.query<{ id: string }>(`${sql} limit ${SHOWN}`, [fromId]);
    if (answer.rows.length > 0) findings.push({ check, sentence, ids: answer.rows.map((row) => row.id) });
  }
  return findings;
}
