import type { EntityManager } from 'typeorm';
import type { MemberRow } from './people.repository.js';

/** Signed-in browsers, by the SHA-256 of their token. Times are the database's. */
export class SessionsRepository {
  constructor(private readonly manager: EntityManager) {}

  async create(session: { tokenHash: Buffer; userId: string; seconds: number }): Promise<void> {
    await this.manager.query(
      `insert into session (token_hash, user_id, expires_at) values ($1, $2, now() + $3 * interval '1 second')`,
      [session.tokenHash, session.userId, session.seconds],
    );
  }

  async findMember(tokenHash: Buffer): Promise<MemberRow | undefined> {
    const rows = await this.manager.query<MemberRow[]>(
      `select u.id as "userId", u.email, u.name, m.role, m.project_id as "projectId"
         from session s join app_user u on u.id = s.user_id join membership m on m.user_id = u.id
        where s.token_hash = $1 and s.expires_at > now() order by m.project_id limit 1`,
      [tokenHash],
    );
    return rows[0];
  }

  /** Lengthens a session in use; writes at most once in five minutes. */
  async renew(tokenHash: Buffer, seconds: number): Promise<void> {
    await this.manager.query(
      `update session set last_seen_at = now(), expires_at = now() + $2 * interval '1 second'
        where token_hash = $1 and last_seen_at < now() - interval '5 minutes'`,
      [tokenHash, seconds],
    );
  }

  async delete(tokenHash: Buffer): Promise<void> {
    await this.manager.query(`delete from session where token_hash = $1`, [tokenHash]);
  }
}
