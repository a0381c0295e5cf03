import type { RetentionRule, StorageView, StoredDay } from '@hookloom/contracts';
import { DAY_MS, dayOfPartition, type TableSpaceRow } from '@hookloom/persistence';
import type { Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { RetentionService } from './retention.service.js';

type Part = StorageView['parts'][number];
/** Figures are measured anew after this; they change slowly. */
const FRESH_MS = 60_000;
/** Days with fewer rows than this are counted where the planner has not looked at them yet. */
const COUNTED_ROWS = 10_000;

const PART_OF_TABLE: Readonly<Record<string, Part['part']>> = {
  event: 'events',
  run: 'runs',
  run_journal: 'journal',
  stored_value: 'values',
  run_input: 'inputs',
  run_link: 'links',
  run_queue: 'queue',
  event_key: 'keys',
};

interface Measured {
  readonly view: Promise<StorageView>;
  readonly until: number;
}

/** What takes the space. */
@Injectable()
export class StorageService {
  private readonly measured = new Map<string, Measured>();

  constructor(
    private readonly parts: AppParts,
    private readonly retention: RetentionService,
  ) {}

  /** Measured once a minute at the most, however many look. */
  get(principal: Principal): Promise<StorageView> {
    const known = this.measured.get(principal.projectId);
    if (known && known.until > performance.now()) return known.view;
    const view = this.measure(principal);
    this.measured.set(principal.projectId, { view, until: performance.now() + FRESH_MS });
    view.catch(() => this.measured.delete(principal.projectId));
    return view;
  }

  /** Forgets what was measured: a rule or what is kept has changed. */
  forget({ projectId }: Principal): void {
    this.measured.delete(projectId);
  }

  private async measure(principal: Principal): Promise<StorageView> {
    const { storage, kept, retention } = this.parts.store;
    const { projectId } = principal;
    const rule = await this.retention.get(principal);
    const tables = await this.counted(await storage.tables());
    const bodies = await storage.newestBodies(projectId);
    const shares = await storage.workflowShares(projectId, rowsOf(tables, 'run'));
    const shared = shares.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      measuredAt: (await retention.now()).toISOString(),
      bytes: await storage.databaseBytes(),
      bodyBytes: Math.round((bodies.bytes / Math.max(1, bodies.count)) * rowsOf(tables, 'event')),
      parts: partsOf(tables),
      days: daysOf(tables, rule.next ?? rule, rule.next ? Date.parse(rule.next.from) : 0),
      workflows: shares.map(({ workflowId, bytes, runs }) => ({ workflowId, share: bytes / shared, runs })),
      kept: await kept.count(projectId),
    };
  }

  /** Rows of young or small partitions are counted; of the others the planner's figure is near enough. */
  private counted(tables: readonly TableSpaceRow[]): Promise<TableSpaceRow[]> {
    const { storage } = this.parts.store;
    return Promise.all(
      tables.map(async (table) => {
        if ((table.table !== 'event' && table.table !== 'run') || (table.rows ?? 0) >= COUNTED_ROWS)
          return table;
        const rows = await storage.countRows(table.name, COUNTED_ROWS);
        return rows < COUNTED_ROWS || table.rows === null ? { ...table, rows } : table;
      }),
    );
  }
}

function rowsOf(tables: readonly TableSpaceRow[], name: string): number {
  return tables.filter(({ table }) => table === name).reduce((sum, { rows }) => sum + (rows ?? 0), 0);
}

/** The largest first. */
function partsOf(tables: readonly TableSpaceRow[]): Part[] {
  const parts = new Map<Part['part'], Part>();
  for (const { table, bytes, indexBytes } of tables) {
    const part = PART_OF_TABLE[table] ?? 'other';
    const sum = parts.get(part) ?? { part, bytes: 0, indexBytes: 0 };
    parts.set(part, { part, bytes: sum.bytes + bytes, indexBytes: sum.indexBytes + indexBytes });
  }
  return [...parts.values()].toSorted((a, b) => b.bytes - a.bytes);
}

/** Days on which anything came, newest first. */
function daysOf(tables: readonly TableSpaceRow[], rule: RetentionRule, from: number): StoredDay[] {
  const days = new Map<number, StoredDay>();
  for (const table of tables) {
    const start = dayOfPartition(table.name);
    if (start === undefined) continue;
    days.set(start, withTable(days.get(start) ?? emptyDay(start, rule, from), table));
  }
  return [...days]
    .filter(([, { events, runs }]) => events !== 0 || runs !== 0)
    .toSorted(([a], [b]) => b - a)
    .map(([, day]) => day);
}

function emptyDay(start: number, rule: RetentionRule, from: number): StoredDay {
  const goes = (days: number): string => new Date(Math.max(from, start + (days + 1) * DAY_MS)).toISOString();
  return {
    day: new Date(start).toISOString().slice(0, 10),
    eventBytes: 0,
    runBytes: 0,
    events: 0,
    runs: 0,
    eventsGo: goes(rule.eventDays),
    runsGo: goes(rule.runDays),
  };
}

function withTable(day: StoredDay, { table, bytes, rows }: TableSpaceRow): StoredDay {
  const count = rows === null ? null : Math.round(rows);
  if (table === 'event') return { ...day, eventBytes: bytes, events: count };
  const runBytes = day.runBytes + bytes;
  return table === 'run' ? { ...day, runBytes, runs: count } : { ...day, runBytes };
}
