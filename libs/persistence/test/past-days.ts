import { DAY_MS, ensurePartition, wantedPartitions, type Partition } from '../src/database/partitions.js';
import { midnightBefore } from '../src/retention/rules.js';
import { UuidV7Generator } from '../src/database/uuid-v7.js';
import type { World } from './fixtures.js';

let made = 0;

/** A generator's ids only grow, so each has one of its own; of one day, later ones are higher. */
function idOf(at: number): string {
  return new UuidV7Generator().next(at + (made += 1));
}

/** What a finished run of the past was. */
export interface PastRun {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly projectId?: string;
  readonly tookMs?: number;
  readonly status?: string;
  readonly eventId?: string;
  readonly journalParts?: number;
  readonly values?: number;
}

/** Fills the days behind a world: events and runs as they were received and ended then. */
export class PastDays {
  /** Midnight of today, epoch milliseconds. */
  readonly today: number;

  constructor(private readonly world: World) {
    this.today = midnightBefore(world.clock.now());
  }

  /** Noon, so many days ago. */
  noon(daysAgo: number): number {
    return this.today - daysAgo * DAY_MS + DAY_MS / 2;
  }

  /** Makes the partitions of these days. */
  async open(...daysAgo: number[]): Promise<void> {
    for (const ago of daysAgo) {
      const [firstOfDay] = wantedPartitions(this.noon(ago));
      const day = firstOfDay?.name.slice(-8) ?? '';
      for (const partition of wantedPartitions(this.noon(ago)).filter(({ name }) => name.endsWith(day))) {
        await this.make(partition);
      }
    }
  }

  private async make(partition: Partition): Promise<void> {
    const client = await this.world.pools.ui.connect();
    await ensurePartition(client, partition).finally(() => client.release());
  }

  async event(at: number, projectId = this.world.projectId): Promise<string> {
    const id = idOf(at);
    await this.world.pools.ui.query(
      `insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, content_type, body,
         body_bytes, sender, verification, answer_status, answer_ms)
       values ($1, $2, $3, $4, 'accepted', 'POST', '', '{}', 'application/json', '{"a":1}', 7, 'any',
         '{"status":"none"}', 200, 1)`,
      [id, projectId, this.world.endpointId, new Date(at)],
    );
    return id;
  }

  async run(past: PastRun): Promise<string> {
    const { at, tookMs = 1_000, eventId = null, status = 'succeeded' } = past;
    const { projectId = this.world.projectId, journalParts = 0, values = 0 } = past;
    const id = idOf(at);
    const { ui } = this.world.pools;
    await ui.query(
      `insert into run (id, project_id, workflow_id, version, kind, trigger_step, event_id, has_input, status, created_at,
         started_at, finished_at, fence, journal, journal_rows)
       values ($1, $2, $3, 1, 'event', 'start', $4, false, $5, $6, $6, $7, 1, null, $8)`,
      [
        id,
        projectId,
        this.world.workflowId,
        eventId,
        status,
        new Date(at),
        new Date(at + tookMs),
        journalParts,
      ],
    );
    await this.belongings(id, projectId, journalParts, values, at);
    return id;
  }

  /** An unfinished run that began then and waits. */
  async waitingRun({
    at,
    eventId = null,
    journalParts = 1,
    values = 1,
  }: {
    at: number;
    eventId?: string | null;
    journalParts?: number;
    values?: number;
  }): Promise<string> {
    const id = idOf(at);
    await this.world.pools.ui.query(
      `insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, event_id, state, created_at,
         started_at, available_at, journal_rows)
       values ($1, $2, $3, 1, 'event', 'start', $4, 'waiting', $5, $5, now() + interval '5 days', 1)`,
      [id, this.world.projectId, this.world.workflowId, eventId, new Date(at)],
    );
    await this.belongings(id, this.world.projectId, journalParts, values, at);
    return id;
  }

  private async belongings(
    id: string,
    projectId: string,
    journalParts: number,
    values: number,
    at: number,
  ): Promise<void> {
    const { ui } = this.world.pools;
    for (let part = 0; part < journalParts; part += 1) {
      await ui.query(
        `insert into run_journal (run_id, first_seq, fence, entries, entry_count) values ($1, $2, 1, '{}', 1)`,
        [id, part],
      );
    }
    for (let value = 0; value < values; value += 1) {
      await ui.query(`insert into stored_value (id, project_id, run_id, content) values ($1, $2, $3, '1')`, [
        idOf(at),
        projectId,
        id,
      ]);
    }
    if (journalParts > 0)
      await ui.query('insert into run_input (run_id, project_id, input) values ($1, $2, $3)', [
        id,
        projectId,
        '1',
      ]);
  }
}
