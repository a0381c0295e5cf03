import { In, type EntityManager } from 'typeorm';
import { ConnectionEntity } from '../entities/index.js';
import { insertUnderKey, type WantedKey } from './keyed.js';
import { pageById, type PageOf, type RowPage } from './paging.js';

export interface NewConnection {
  /** Made beforehand (`Store.newId`), since the data is sealed for this id. */
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly key: WantedKey;
  readonly type: string;
  readonly sealed: Buffer;
  readonly createdBy: string;
}

/** Stored accounts; their data stays sealed here. */
export class ConnectionsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** @returns `undefined` if the exact key is taken */
  create(connection: NewConnection): Promise<ConnectionEntity | undefined> {
    const { id, projectId, name, type, sealed, createdBy } = connection;
    const at = { table: 'connection' as const, projectId, wanted: connection.key };
    return insertUnderKey(this.manager, at, async (key) => {
      const rows = await this.manager.query<unknown[]>(
        `insert into connection (id, project_id, key, name, type, sealed, created_by)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (project_id, key) do nothing returning id`,
        [id, projectId, key, name, type, sealed, createdBy],
      );
      return rows[0] === undefined ? undefined : this.manager.findOneByOrFail(ConnectionEntity, { id });
    });
  }

  find(projectId: string, id: string): Promise<ConnectionEntity | null> {
    return this.manager.findOneBy(ConnectionEntity, { projectId, id });
  }

  findByKeys(projectId: string, keys: readonly string[]): Promise<ConnectionEntity[]> {
    return this.manager.findBy(ConnectionEntity, { projectId, key: In([...keys]) });
  }

  list(projectId: string, page: PageOf): Promise<RowPage<ConnectionEntity>> {
    const query = this.manager
      .createQueryBuilder(ConnectionEntity, 'row')
      .where('row.projectId = :projectId', { projectId });
    return pageById(query, page);
  }

  /** @param to without `sealed` the data stays, and with it what its last test said */
  async update(at: { projectId: string; id: string }, to: { name: string; sealed?: Buffer }): Promise<void> {
    const untested = to.sealed && { checkedAt: null, checkOk: null, checkMessage: null };
    await this.manager.update(ConnectionEntity, at, { ...to, ...untested, updatedAt: () => 'now()' });
  }

  /** Notes what a test of this data said; nothing where the data was changed meanwhile. */
  async noteCheck(connection: ConnectionEntity, check: { ok: boolean; message: string }): Promise<void> {
    await this.manager.query(
      `update connection set checked_at = now(), check_ok = $4, check_message = $5
        where project_id = $1 and id = $2 and sealed = $3`,
      [connection.projectId, connection.id, connection.sealed, check.ok, check.message],
    );
  }

  async delete(projectId: string, id: string): Promise<void> {
    await this.manager.delete(ConnectionEntity, { projectId, id });
  }
}
