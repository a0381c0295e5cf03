import type { EntityManager } from 'typeorm';

/** Where a counter stands after this attempt. */
export interface ThrottleState {
  readonly attempts: number;
  /** Seconds until the counter starts anew. */
  readonly resetsInSeconds: number;
}

/** Counts attempts in a fixed window, in Postgres: the same for all processes, and by the database's clock. */
export class ThrottleRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Counts one attempt, before it is known how it ends: parallel guesses all count. */
  async count(key: string, windowSeconds: number): Promise<ThrottleState> {
    const rows = await this.manager.query<{ attempts: number; resets: number }[]>(
      `insert into login_throttle as t (key, points, expire)
       values ($1, 1, extract(epoch from now()) * 1000 + $2 * 1000)
       on conflict (key) do update set
         points = case when t.expire <= extract(epoch from now()) * 1000 then 1 else t.points + 1 end,
         expire = case when t.expire <= extract(epoch from now()) * 1000 then excluded.expire else t.expire end
       returning points as attempts, ((expire - extract(epoch from now()) * 1000) / 1000)::float8 as resets`,
      [key, windowSeconds],
    );
    return { attempts: rows[0]?.attempts ?? 1, resetsInSeconds: rows[0]?.resets ?? windowSeconds };
  }

  async forget(key: string): Promise<void> {
    await this.manager.query(`delete from login_throttle where key = $1`, [key]);
  }
}
