import type { EntityManager } from 'typeorm';
import { ApiKeyEntity } from '../entities/index.js';
import { pageById, type PageOf, type RowPage } from './paging.js';
import type { MemberRow } from './people.repository.js';

export interface NewApiKey {
  readonly projectId: string;
  readonly userId: string;
  readonly name: string;
  readonly keyHash: Buffer;
  readonly scopes: string[];
}

/** A script's key with the person it acts for. */
export interface ApiKeyOwnerRow extends MemberRow {
  readonly keyId: string;
  readonly scopes: string[];
}

/** Keys of scripts, by their SHA-256. */
export class ApiKeysRepository {
  constructor(private readonly manager: EntityManager) {}

  create(key: NewApiKey): Promise<ApiKeyEntity> {
    return this.manager.save(this.manager.create(ApiKeyEntity, { ...key }));
  }

  /** Makes a key unless one of that hash exists: several processes bring the same key from their environment. */
  async createIfMissing(key: NewApiKey): Promise<void> {
    await this.manager.query(
      `insert into api_key (project_id, user_id, name, key_hash, scopes) values ($1, $2, $3, $4, $5)
       on conflict (key_hash) do nothing`,
      [key.projectId, key.userId, key.name, key.keyHash, key.scopes],
    );
  }

  /** Finds a key that is not over and notes its use, at most once a minute. */
  async findByHash(keyHash: Buffer): Promise<ApiKeyOwnerRow | undefined> {
    const rows = await this.manager.query<(ApiKeyOwnerRow & { stale: boolean })[]>(
      `select k.id as "keyId", k.scopes, k.project_id as "projectId", u.id as "userId", u.email, u.name, m.role,
              (k.last_used_at is null or k.last_used_at < now() - interval '1 minute') as stale
         from api_key k join app_user u on u.id = k.user_id
         join membership m on m.user_id = u.id and m.project_id = k.project_id
        where k.key_hash = $1 and (k.expires_at is null or k.expires_at > now())`,
      [keyHash],
    );
    const row = rows[0];
    if (row?.stale)
      await this.manager.query(`update api_key set last_used_at = now() where id = $1`, [row.keyId]);
    return row;
  }

  list(projectId: string, page: PageOf): Promise<RowPage<ApiKeyEntity>> {
    const query = this.manager
      .createQueryBuilder(ApiKeyEntity, 'row')
      .where('row.projectId = :projectId', { projectId });
    return pageById(query, page);
  }

  /** @returns whether there was such a key */
  async delete(projectId: string, id: string): Promise<boolean> {
    const result = await this.manager.delete(ApiKeyEntity, { id, projectId });
    return result.affected === 1;
  }
}
