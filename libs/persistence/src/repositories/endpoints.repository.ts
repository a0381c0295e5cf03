import { In, type EntityManager } from 'typeorm';
import { EndpointEntity, EndpointTokenEntity } from '../entities/index.js';
import { insertUnderKey, type WantedKey } from './keyed.js';
import { pageById, type PageOf, type RowPage } from './paging.js';

export interface NewEndpoint {
  readonly projectId: string;
  readonly name: string;
  readonly key: WantedKey;
  /** JSON text of EndpointSettings. */
  readonly settings: string;
}

/** What a look at an endpoint needs besides its row. */
export interface EndpointExtras {
  /** The token that is in force, sealed. */
  readonly sealedToken: Buffer | undefined;
  readonly hasSecret: boolean;
}

/** Endpoints with their tokens and secrets. Whatever ingress must see raises the revision. */
export class EndpointsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** @returns `undefined` if the exact key is taken */
  create(endpoint: NewEndpoint): Promise<EndpointEntity | undefined> {
    const { projectId, name, settings } = endpoint;
    const at = { table: 'endpoint' as const, projectId, wanted: endpoint.key };
    return insertUnderKey(this.manager, at, async (key) => {
      const rows = await this.manager.query<{ id: string }[]>(
        `insert into endpoint (project_id, key, name, settings) values ($1, $2, $3, $4)
         on conflict (project_id, key) do nothing returning id`,
        [projectId, key, name, settings],
      );
      return rows[0] && this.manager.findOneByOrFail(EndpointEntity, { id: rows[0].id });
    });
  }

  find(projectId: string, id: string): Promise<EndpointEntity | null> {
    return this.manager.findOneBy(EndpointEntity, { projectId, id });
  }

  findByKeys(projectId: string, keys: readonly string[]): Promise<EndpointEntity[]> {
    return this.manager.findBy(EndpointEntity, { projectId, key: In([...keys]) });
  }

  list(projectId: string, page: PageOf): Promise<RowPage<EndpointEntity>> {
    const query = this.manager
      .createQueryBuilder(EndpointEntity, 'row')
      .where('row.projectId = :projectId', { projectId });
    return pageById(query, page);
  }

  /** @returns whether there was such an endpoint */
  async update(
    at: { projectId: string; id: string },
    to: { name: string; settings: string },
  ): Promise<boolean> {
    const result = await this.manager.update(EndpointEntity, at, {
      ...to,
      revision: () => 'revision + 1',
      updatedAt: () => 'now()',
    });
    return result.affected === 1;
  }

  async delete(projectId: string, id: string): Promise<void> {
    await this.manager.delete(EndpointEntity, { projectId, id });
  }

  /** Tells every process that holds these endpoints to look again. In one order, so that no two callers wait for each other. */
  async raiseRevisions(ids: readonly string[]): Promise<void> {
    await this.manager.query(
      `update endpoint set revision = revision + 1
        where id in (select id from endpoint where id = any($1::uuid[]) order by id for update)`,
      [[...ids]],
    );
  }

  /** Adds a token; the ones in force until now work for `overlapSeconds` more. */
  async addToken(token: {
    endpointId: string;
    tokenHash: Buffer;
    sealed: Buffer;
    overlapSeconds: number;
  }): Promise<void> {
    await this.expire('endpoint_token', token.endpointId, token.overlapSeconds);
    await this.manager.insert(EndpointTokenEntity, {
      tokenHash: token.tokenHash,
      endpointId: token.endpointId,
      sealed: token.sealed,
    });
  }

  /** Adds a secret; the ones in force until now are good for `overlapSeconds` more, or gone at 0. */
  async addSecret(secret: { endpointId: string; sealed: Buffer; overlapSeconds: number }): Promise<void> {
    await this.expire('endpoint_secret', secret.endpointId, secret.overlapSeconds);
    await this.manager.query(`insert into endpoint_secret (endpoint_id, sealed) values ($1, $2)`, [
      secret.endpointId,
      secret.sealed,
    ]);
  }

  async removeSecrets(endpointId: string): Promise<void> {
    await this.manager.query(`delete from endpoint_secret where endpoint_id = $1`, [endpointId]);
  }

  async extrasOf(ids: readonly string[]): Promise<ReadonlyMap<string, EndpointExtras>> {
    const rows = await this.manager.query<{ id: string; sealed: Buffer | null; secret: boolean }[]>(
      `select e.id, t.sealed, exists (select 1 from endpoint_secret s where s.endpoint_id = e.id
                and (s.expires_at is null or s.expires_at > now())) as secret
         from unnest($1::uuid[]) as e (id)
         left join endpoint_token t on t.endpoint_id = e.id and t.expires_at is null`,
      [[...ids]],
    );
    return new Map(
      rows.map((row) => [row.id, { sealedToken: row.sealed ?? undefined, hasSecret: row.secret }] as const),
    );
  }

  private async expire(
    table: 'endpoint_token' | 'endpoint_secret',
    endpointId: string,
    overlapSeconds: number,
  ): Promise<void> {
    await this.manager.query(`delete from ${table} where endpoint_id = $1 and expires_at <= now()`, [
      endpointId,
    ]);
    const sql =
      overlapSeconds === 0
        ? `delete from ${table} where endpoint_id = $1`
        : `update ${table} set expires_at = now() + $2 * interval '1 second' where endpoint_id = $1 and expires_at is null`;
    await this.manager.query(sql, overlapSeconds === 0 ? [endpointId] : [endpointId, overlapSeconds]);
  }
}
