import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { DAY_MS, dayOfPartition, PARTITIONED_TABLES, partitionName } from '../database/partitions.js';
import type { Pools } from '../database/pools.js';
import { deleteExpired } from './delete-expired.js';
import { dropPartition, type DuePartition } from './drop-partition.js';
import { cutoffOf, daysOf, rulesAt, type ProjectRule, type RetainedKind } from './rules.js';

/** What one turn did. */
export interface RetentionTurn {
  /** Names of partitions that are gone. */
  readonly dropped: readonly string[];
  /** Rows deleted one by one. */
  readonly deleted: number;
  /** There was more than one turn does: call again soon. */
  readonly isMore: boolean;
}

const KINDS: readonly RetainedKind[] = ['run', 'event'];

const ATTACHED = `
select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
where i.inhparent = any($1::regclass[]) order by c.relname`;

/** $1 project, $2 kind, $3 days, $4 rule, $5 now. The first to delete of a day says so. */
const NOTE_DELETION = `
insert into deletion (project_id, kind, day, days, deleted_at)
select $1, $2, day, $4, $5 from unnest($3::date[]) as d (day)
on conflict (project_id, kind, day) do nothing`;

/**
 * Deletes what is past the rules of its project. A day that is past all rules goes as a whole partition; what is past
 * its own project's rule only, or outlived its day, goes row by row.
 */
export class Retention {
  constructor(
    private readonly pools: Pick<Pools, 'ui'>,
    private readonly clock: Pick<DatabaseClock, 'now'>,
  ) {}

  /** Every minute or so, in every worker: one of them does the work. @param limit rows to delete one by one */
  async takeTurn(limit: number): Promise<RetentionTurn> {
    const now = this.clock.now();
    const rules = await rulesAt(this.pools.ui, now);
    const days = await this.days();
    const { dropped, isBusy } = await this.dropDays(rules, days, now);
    // What could not be dropped now is dropped later, not deleted row by row.
    if (isBusy) return { dropped, deleted: 0, isMore: false };
    const deleted = await this.deleteRows(rules, days, now, limit);
    return { dropped, ...deleted };
  }

  /** The days that have partitions, by table. */
  private async days(): Promise<ReadonlyMap<string, readonly number[]>> {
    const tables = PARTITIONED_TABLES.map(({ name }) => name);
    const { rows } = await this.pools.ui.query<{ name: string }>(ATTACHED, [tables]);
    const there = new Set(rows.map(({ name }) => name));
    const all = [...new Set(rows.flatMap(({ name }) => dayOfPartition(name) ?? []))].toSorted(
      (a, b) => a - b,
    );
    return new Map(tables.map((table) => [table, all.filter((day) => there.has(partitionName(table, day)))]));
  }

  private async dropDays(
    rules: readonly ProjectRule[],
    days: ReadonlyMap<string, readonly number[]>,
    now: number,
  ): Promise<{ readonly dropped: string[]; readonly isBusy: boolean }> {
    const dropped: string[] = [];
    const crowdedDays = new Set<number>();
    for (const partition of duePartitions(rules, days, now)) {
      if (crowdedDays.has(partition.day.start)) continue;
      const outcome = await dropPartition(this.pools.ui, partition, (client) =>
        noteDrop(client, partition, rules, now),
      );
      if (outcome === 'busy') return { dropped, isBusy: true };
      if (outcome === 'dropped') dropped.push(partition.name);
      if (outcome === 'crowded' && partition.table.name === 'run') crowdedDays.add(partition.day.start);
    }
    return { dropped, isBusy: false };
  }

  private async deleteRows(
    rules: readonly ProjectRule[],
    days: ReadonlyMap<string, readonly number[]>,
    now: number,
    limit: number,
  ): Promise<Pick<RetentionTurn, 'deleted' | 'isMore'>> {
    let deleted = 0;
    let isMore = false;
    for (const kind of KINDS) {
      for (const rule of rules) {
        const cutoff = cutoffOf(now, daysOf(rule, kind));
        const count = await deleteExpired(this.pools.ui, { projectId: rule.projectId, kind, cutoff }, limit);
        deleted += count;
        const past = (days.get(kind) ?? []).filter((day) => day + DAY_MS <= cutoff);
        if (count >= limit) isMore = true;
        else await noteDays(this.pools.ui, { rule, kind, days: past, now });
      }
    }
    return { deleted, isMore };
  }
}

/** Past every project's rule, oldest first; of a day the runs first, then what belongs to them, then events. */
function duePartitions(
  rules: readonly ProjectRule[],
  days: ReadonlyMap<string, readonly number[]>,
  now: number,
): DuePartition[] {
  const due = [...PARTITIONED_TABLES]
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .flatMap((table) => {
      const longest = Math.max(...rules.map((rule) => daysOf(rule, kindOf(table.name))));
      const cutoff = cutoffOf(now, longest);
      return (days.get(table.name) ?? [])
        .filter((start) => start + DAY_MS <= cutoff)
        .map((start) => ({
          table,
          name: partitionName(table.name, start),
          day: { start, end: start + DAY_MS, cutoff },
        }));
    });
  return due.toSorted((a, b) => a.day.start - b.day.start);
}

function rank(table: string): number {
  if (table === 'run') return 0;
  return table === 'event' ? 2 : 1;
}

function kindOf(table: string): RetainedKind {
  return table === 'event' ? 'event' : 'run';
}

async function noteDrop(
  client: pg.PoolClient,
  { table, day }: DuePartition,
  rules: readonly ProjectRule[],
  now: number,
): Promise<void> {
  if (table.name !== 'event' && table.name !== 'run') return;
  for (const rule of rules) await noteDays(client, { rule, kind: table.name, days: [day.start], now });
}

interface DeletedDays {
  readonly rule: ProjectRule;
  readonly kind: RetainedKind;
  readonly days: readonly number[];
  readonly now: number;
}

async function noteDays(
  db: Pick<pg.ClientBase, 'query'>,
  { rule, kind, days, now }: DeletedDays,
): Promise<void> {
  if (days.length === 0) return;
  const dates = days.map((day) => new Date(day).toISOString().slice(0, 10));
  await db.query(NOTE_DELETION, [rule.projectId, kind, dates, daysOf(rule, kind), new Date(now)]);
}
