import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';

/** Schedules that one turn fires. */
const AT_ONCE = 200;
/** A time that comes this late, milliseconds, was missed: no worker was there. */
const MISSED_AFTER_MS = 60_000;

const TAKE_DUE = `
select workflow_id as "workflowId", step_id as "stepId", project_id as "projectId", version,
  max_concurrent_runs as "maxConcurrentRuns", cron, timezone, misfire, next_at as "dueAt"
from schedule where next_at <= $1 order by next_at limit ${AT_ONCE} for update skip locked`;

const FIRE = `
with fired as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::int[], $5::text[], $6::int[], $7::text[])
    as f (id, project_id, workflow_id, version, trigger_step, max_concurrent_runs, input)
), given as (
  insert into run_input (run_id, project_id, input) select id, project_id, input from fired
)
insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state, max_concurrent_runs, lane,
  has_input)
select id, project_id, workflow_id, version, 'schedule', trigger_step, 'queued', max_concurrent_runs,
  case when max_concurrent_runs is not null then 'limited' end, true from fired`;

const GO_ON = `
update schedule s set next_at = n.next_at
from unnest($1::uuid[], $2::text[], $3::timestamptz[]) as n (workflow_id, step_id, next_at)
where s.workflow_id = n.workflow_id and s.step_id = n.step_id`;

interface DueSchedule {
  readonly workflowId: string;
  readonly stepId: string;
  readonly projectId: string;
  readonly version: number;
  readonly maxConcurrentRuns: number | null;
  readonly cron: string;
  readonly timezone: string;
  readonly misfire: 'once' | 'skip';
  readonly dueAt: Date;
}

/** The next time after a moment; `undefined` where a schedule ends. */
export type NextFiring = (schedule: Pick<DueSchedule, 'cron' | 'timezone'>, after: Date) => Date | undefined;

export interface ScheduleTurn {
  /** Runs that are due: ring for them. */
  readonly runIds: readonly string[];
  /** More may be due: call again soon. */
  readonly isBusy: boolean;
}

/**
 * Starts runs by the clock of the database. A turn is one transaction that locks what it fires, so each time
 * starts exactly one run, however many workers look and whenever one is killed.
 */
export class ScheduleWork {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'newId' | 'now'>,
    private readonly nextFiring: NextFiring,
  ) {}

  /** Fires what is due. Every worker calls it about every second. */
  takeTurn(): Promise<ScheduleTurn> {
    const now = new Date(this.clock.now());
    return inTransaction(this.pool, async (client) => {
      const { rows: due } = await client.query<DueSchedule>(TAKE_DUE, [now]);
      if (due.length === 0) return { runIds: [], isBusy: false };
      const fired = due
        .filter((schedule) => !isSkipped(schedule, now))
        .map((schedule) => ({ ...schedule, id: this.clock.newId() }));
      if (fired.length > 0) await client.query(FIRE, columnsOf(fired));
      await client.query(GO_ON, [
        due.map(({ workflowId }) => workflowId),
        due.map(({ stepId }) => stepId),
        due.map((schedule) => this.nextFiring(schedule, now) ?? null),
      ]);
      return { runIds: fired.map(({ id }) => id), isBusy: due.length === AT_ONCE };
    });
  }
}

function isSkipped({ misfire, dueAt }: DueSchedule, now: Date): boolean {
  return misfire === 'skip' && now.getTime() - dueAt.getTime() > MISSED_AFTER_MS;
}

function columnsOf(fired: readonly (DueSchedule & { readonly id: string })[]): unknown[] {
  return [
    fired.map(({ id }) => id),
    fired.map(({ projectId }) => projectId),
    fired.map(({ workflowId }) => workflowId),
    fired.map(({ version }) => version),
    fired.map(({ stepId }) => stepId),
    fired.map(({ maxConcurrentRuns }) => maxConcurrentRuns),
    fired.map(({ dueAt }) => JSON.stringify({ scheduledAt: dueAt.toISOString() })),
  ];
}
