import { z } from 'zod';
import type { ConnectionSource } from '@hookloom/runner';
import { ConfigurationError, type OpenConnection } from '@hookloom/step-kit';
import type pg from 'pg';
import { EncryptionKeyError, type SecretBox } from '../secrets/secret-box.js';
import { Remembered } from './remembered.js';

const ConnectionData = z.record(z.string(), z.unknown());

interface Row {
  readonly id: string;
  readonly type: string;
  readonly sealed: Buffer;
  readonly isStale: boolean;
}

/** A connection's last use is noted at most this often. */
const NOTE_USE_EVERY = '1 minute';

/** Opens connections by key inside one project; an opened one is kept for a second. */
export class PgConnectionSource implements ConnectionSource {
  private readonly opened = new Remembered<OpenConnection | undefined>(1_000, 1_000);

  constructor(
    private readonly pool: pg.Pool,
    private readonly box: SecretBox,
  ) {}

  /** @throws ConfigurationError if what is stored cannot be opened with this server's key */
  open(projectId: string, key: string): Promise<OpenConnection | undefined> {
    return this.opened.get(`${projectId}/${key}`, () => this.load(projectId, key));
  }

  private async load(projectId: string, key: string): Promise<OpenConnection | undefined> {
    const answer = await this.pool.query<Row>(
      `select id, type, sealed, last_used_at is null or last_used_at < now() - interval '${NOTE_USE_EVERY}' as "isStale"
         from connection where project_id = $1 and key = $2`,
      [projectId, key],
    );
    const row = answer.rows[0];
    if (!row) return undefined;
    if (row.isStale) await this.noteUse(row.id);
    try {
      const text = this.box.open(row.sealed, { projectId, recordId: row.id });
      return { key, type: row.type, data: ConnectionData.parse(JSON.parse(text)) };
    } catch (cause) {
      if (!(cause instanceof EncryptionKeyError)) throw cause;
      throw new ConfigurationError(`The connection "${key}" cannot be opened. ${cause.message}`, { cause });
    }
  }

  /** One of several workers notes it; the others go on without waiting for the row. */
  private async noteUse(id: string): Promise<void> {
    await this.pool.query(
      `update connection set last_used_at = now()
        where id = (select id from connection where id = $1 for update skip locked)`,
      [id],
    );
  }
}
