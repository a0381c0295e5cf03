import type { EntityManager } from 'typeorm';
import { ServerValueEntity } from '../entities/index.js';

const SETUP_TOKEN = 'setup-token:';

/** Values of the whole server. */
export class ServerValuesRepository {
  constructor(private readonly manager: EntityManager) {}

  async find(key: string): Promise<string | undefined> {
    const row = await this.manager.findOneBy(ServerValueEntity, { key });
    return row?.value;
  }

  /** Sets a value that nobody has set yet and answers the one that holds: the first of several wins. */
  async putOnce(key: string, value: string): Promise<string> {
    await this.manager.query(`insert into server (key, value) values ($1, $2) on conflict do nothing`, [
      key,
      value,
    ]);
    return (await this.find(key)) ?? value;
  }

  /**
   * Replaces the setup token by a new one, given as hash. Tokens of the last minute stay: several processes
   * that start at once each print a link, and each link must work.
   */
  async replaceSetupToken(tokenHash: string): Promise<void> {
    await this.manager.query(
      `delete from server where key like $1 || '%' and value::timestamptz < now() - interval '1 minute'`,
      [SETUP_TOKEN],
    );
    await this.manager.query(`insert into server (key, value) values ($1, now()::text)`, [
      SETUP_TOKEN + tokenHash,
    ]);
  }

  async hasSetupToken(tokenHash: string): Promise<boolean> {
    return (await this.find(SETUP_TOKEN + tokenHash)) !== undefined;
  }

  async deleteSetupTokens(): Promise<void> {
    await this.manager.query(`delete from server where key like $1 || '%'`, [SETUP_TOKEN]);
  }
}
