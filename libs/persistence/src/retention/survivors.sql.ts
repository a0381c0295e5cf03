import { lowestId } from '../database/partitions.js';

/** One UTC day as ids, and the time before which what ended is past the rule. */
export interface DayToDrop {
  readonly start: number;
  readonly end: number;
  readonly cutoff: number;
}

/** A run that took longer than this counts its days from its end. */
export const TOOK_LONG = `finished_at - created_at > interval '1 hour'`;

/** Queries of the ids of runs that outlive their day. */
const RUNS_IN_NEED = (within: (column: string) => string): string => `
  select id from run_queue where ${within('id')}
  union all select id from run where ${within('id')}`;

/**
 * The query of the keys of the rows in a partition that outlive it. Runs go first, so that what is left of `run` for
 * that day is what the other tables must keep rows for.
 */
export function survivorKeys(table: string, partition: string, day: DayToDrop): string {
  const within = (column: string): string =>
    `${column} >= '${lowestId(day.start)}' and ${column} < '${lowestId(day.end)}'`;
  switch (table) {
    case 'event':
      return `
  select id from kept where ${within('id')}
  union all select event_id from kept where ${within('event_id')}
  union all select event_id from run_queue where ${within('event_id')}
  union all select event_id from run_default where ${within('event_id')}`;
    case 'run':
      return `
  select id from kept where ${within('id')}
  union all select id from ${partition}
    where ${TOOK_LONG} and finished_at >= '${new Date(day.cutoff).toISOString()}'`;
    case 'stored_value':
      return `
  select v.id from ${partition} v where exists (select from run_queue q where q.id = v.run_id)
    or exists (select from run r where r.id = v.run_id)`;
    default:
      return RUNS_IN_NEED(within);
  }
}
