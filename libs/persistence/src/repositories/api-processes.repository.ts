import type { EntityManager } from 'typeorm';

const PREFIX = 'api-process:';
/** A process that has not said for this long that it lives does not count. */
const ALIVE_SECONDS = 15;

/** Which api processes live: limits that each holds in memory are shared among so many. */
export class ApiProcessesRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Says that the process lives. @returns how many do, this one included */
  async beat(id: string): Promise<number> {
    await this.manager.query(
      `insert into server (key, value) values ($1, now()::text) on conflict (key) do update set value = excluded.value`,
      [PREFIX + id],
    );
    const rows = await this.manager.query<{ count: number }[]>(
      `with gone as (
         delete from server where key like $1 || '%' and value::timestamptz < now() - interval '1 hour'
       )
       select count(*)::int as count from server
        where key like $1 || '%' and value::timestamptz > now() - $2 * interval '1 second'`,
      [PREFIX, ALIVE_SECONDS],
    );
    return Math.max(1, rows[0]?.count ?? 1);
  }

  async leave(id: string): Promise<void> {
    await this.manager.query(`delete from server where key = $1`, [PREFIX + id]);
  }
}
