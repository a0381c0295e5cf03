import type { EntityManager } from 'typeorm';
import { DAY_MS, lowestId } from '../database/partitions.js';
import { cutoffOf, midnightBefore, type ProjectRule, type RetainedKind } from '../retention/rules.js';
import { TOOK_LONG } from '../retention/survivors.sql.js';

type Rule = Omit<ProjectRule, 'projectId'>;

/** The rule as it was saved, and what held before it. */
export interface RetentionRuleRow extends Rule {
  readonly formerEventDays: number;
  readonly formerRunDays: number;
  readonly effectiveAt: Date;
}

/** A day that is gone. */
export interface DeletionRow {
  readonly deletedAt: Date;
  readonly days: number;
}

/** How much a rule deletes; `null`: more than are counted. */
export interface ExpiredCounts {
  readonly events: number | null;
  readonly runs: number | null;
}

/** Counting further would keep a person waiting. */
export const MOST_COUNTED = 1_000_000;

/** Runs that began before a day's end and outlive it: $1 project, $2 id, $3 time. */
const SURVIVING_RUNS = `select s.id, s.event_id from run s where s.project_id = $1 and s.id < $2
  and (s.id in (select id from kept where project_id = $1) or s.id in (
    select id from run where id < $2 and ${TOOK_LONG} and finished_at >= $3))`;

const COUNT_RUNS = `
select (select count(*) from (select from run where project_id = $1 and id < $2 limit ${MOST_COUNTED + 1}) r)::int as total,
  (select count(*) from (${SURVIVING_RUNS}) s)::int as surviving`;

/** $4: the events' own bound. */
const COUNT_EVENTS = `
select (select count(*) from (select from event where project_id = $1 and id < $4 limit ${MOST_COUNTED + 1}) e)::int as total,
  (select count(*) from event where project_id = $1 and id < $4 and id in (
    select id from kept where project_id = $1 union select event_id from kept where project_id = $1
    union select event_id from run_queue where project_id = $1 and event_id < $4
    union select event_id from (${SURVIVING_RUNS}) s))::int as surviving`;

/** A project's rule of how long it keeps what is over, what it would delete, and what it did. */
export class RetentionRepository {
  constructor(private readonly manager: EntityManager) {}

  async find(projectId: string): Promise<RetentionRuleRow | undefined> {
    const rows = await this.manager.query<RetentionRuleRow[]>(
      `select event_days as "eventDays", run_days as "runDays", former_event_days as "formerEventDays",
              former_run_days as "formerRunDays", effective_at as "effectiveAt"
         from retention_rule where project_id = $1`,
      [projectId],
    );
    return rows[0];
  }

  /** @param former the rule in force until `effectiveAt` */
  async save(projectId: string, rule: Rule, former: Rule, effectiveAt: Date): Promise<void> {
    await this.manager.query(
      `insert into retention_rule (project_id, event_days, run_days, former_event_days, former_run_days, effective_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (project_id) do update set event_days = excluded.event_days, run_days = excluded.run_days,
         former_event_days = excluded.former_event_days, former_run_days = excluded.former_run_days,
         effective_at = excluded.effective_at`,
      [projectId, rule.eventDays, rule.runDays, former.eventDays, former.runDays, effectiveAt],
    );
  }

  /** By the database's clock. */
  async now(): Promise<Date> {
    const rows = await this.manager.query<{ now: Date }[]>('select now() as now');
    return rows[0]?.now ?? new Date();
  }

  /** The next midnight: when a new rule begins to hold. */
  async nextTurn(): Promise<Date> {
    return new Date(midnightBefore((await this.now()).getTime()) + DAY_MS);
  }

  /** What a rule would delete at a midnight. */
  async countExpired(projectId: string, rule: Rule, at: Date): Promise<ExpiredCounts> {
    const runsBefore = cutoffOf(at.getTime(), rule.runDays);
    const values = [projectId, lowestId(runsBefore), new Date(runsBefore)];
    const eventsBefore = lowestId(cutoffOf(at.getTime(), rule.eventDays));
    return {
      runs: leftOver(await this.manager.query<Counted[]>(COUNT_RUNS, values)),
      events: leftOver(await this.manager.query<Counted[]>(COUNT_EVENTS, [...values, eventsBefore])),
    };
  }

  /** When what has an id of that time was deleted; `undefined` where its day is still there. */
  async findDeletion(projectId: string, kind: RetainedKind, at: Date): Promise<DeletionRow | undefined> {
    const rows = await this.manager.query<DeletionRow[]>(
      `select deleted_at as "deletedAt", days from deletion
        where project_id = $1 and kind = $2 and day = ($3::timestamptz at time zone 'UTC')::date`,
      [projectId, kind, at],
    );
    return rows[0];
  }
}

interface Counted {
  readonly total: number;
  readonly surviving: number;
}

function leftOver([row]: readonly Counted[]): number | null {
  if (row === undefined) return 0;
  return row.total > MOST_COUNTED ? null : row.total - row.surviving;
}
