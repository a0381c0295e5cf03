import { RETENTION } from '@hookloom/contracts';
import type pg from 'pg';
import { DAY_MS } from '../database/partitions.js';

/** What has an age and is deleted by it. */
export type RetainedKind = 'event' | 'run';

/** How long one project keeps what is over. */
export interface ProjectRule {
  readonly projectId: string;
  readonly eventDays: number;
  readonly runDays: number;
}

/** A column of the rule in force at $1: until a new rule holds, what keeps more. */
const inForce = (column: string): string => `case when r.effective_at > $1
    then greatest(r.former_${column}, r.${column}) else coalesce(r.${column}, ${RETENTION.defaultDays}) end`;

const RULES = `
select p.id as "projectId", ${inForce('event_days')} as "eventDays", ${inForce('run_days')} as "runDays"
from project p left join retention_rule r on r.project_id = p.id order by p.id`;

/** The rules in force of all projects. @param now epoch milliseconds, database clock */
export async function rulesAt(db: Pick<pg.Pool, 'query'>, now: number): Promise<ProjectRule[]> {
  return (await db.query<ProjectRule>(RULES, [new Date(now)])).rows;
}

export function daysOf(rule: Omit<ProjectRule, 'projectId'>, kind: RetainedKind): number {
  return kind === 'event' ? rule.eventDays : rule.runDays;
}

/** What came before this is past a rule: whole UTC days, so that a day goes as one. */
export function cutoffOf(now: number, days: number): number {
  return midnightBefore(now) - days * DAY_MS;
}

/** The begin of a UTC day. */
export function midnightBefore(now: number): number {
  return Math.floor(now / DAY_MS) * DAY_MS;
}
