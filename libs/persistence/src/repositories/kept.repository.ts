import type { EntityManager } from 'typeorm';
import type { RetainedKind } from '../retention/rules.js';

/** Since when something is kept, and who wanted it. */
export interface KeptRow {
  readonly keptAt: Date;
  readonly keptBy: string;
}

/** A row that is being deleted is waited for, and then not there. */
const THERE: Readonly<Record<RetainedKind, readonly string[]>> = {
  event: ['select null::uuid as event_id from event where id = $1 and project_id = $2 for key share'],
  run: [
    'select event_id from run_queue where id = $1 and project_id = $2 for key share',
    'select event_id from run where id = $1 and project_id = $2 for key share',
  ],
};

/** Events and runs that no rule deletes. With a run its event is kept. */
export class KeptRepository {
  constructor(private readonly manager: EntityManager) {}

  async find(projectId: string, id: string): Promise<KeptRow | undefined> {
    const rows = await this.manager.query<KeptRow[]>(
      `select kept_at as "keptAt", kept_by as "keptBy" from kept where id = $1 and project_id = $2`,
      [id, projectId],
    );
    return rows[0];
  }

  /** Again is the same as once. @returns whether there is such an event or run */
  async keep(projectId: string, kind: RetainedKind, id: string, by: string): Promise<boolean> {
    for (const there of THERE[kind]) {
      const found = await this.manager.query<{ event_id: string | null }[]>(there, [id, projectId]);
      const [row] = found;
      if (row === undefined) continue;
      await this.manager.query(
        `insert into kept (id, project_id, kind, event_id, kept_by) values ($1, $2, $3, $4, $5) on conflict do nothing`,
        [id, projectId, kind, row.event_id, by],
      );
      return true;
    }
    return false;
  }

  /** @returns whether it was kept */
  async release(projectId: string, kind: RetainedKind, id: string): Promise<boolean> {
    const rows = await this.manager.query<[unknown[], number]>(
      'delete from kept where id = $1 and project_id = $2 and kind = $3',
      [id, projectId, kind],
    );
    return rows[1] > 0;
  }

  async count(projectId: string): Promise<{ readonly events: number; readonly runs: number }> {
    const rows = await this.manager.query<{ events: number; runs: number }[]>(
      `select count(*) filter (where kind = 'event')::int as events, count(*) filter (where kind = 'run')::int as runs
         from kept where project_id = $1`,
      [projectId],
    );
    return rows[0] ?? { events: 0, runs: 0 };
  }
}
