import { EndpointSecret, EndpointSettings } from '@hookloom/contracts';
import type pg from 'pg';
import { z } from 'zod';
import type { SecretBox } from '../secrets/secret-box.js';
import { hashToken } from '../secrets/token-hash.js';

const Route = z.object({
  workflowId: z.string(),
  version: z.int(),
  triggerStepId: z.string(),
  paused: z.boolean(),
  maxConcurrentRuns: z.int().nullable(),
});
/** A live workflow that starts from an endpoint. */
export type EndpointRoute = z.infer<typeof Route>;

/** All that ingress needs of an endpoint, as it was at one `revision`. */
export interface EndpointForIngress {
  readonly id: string;
  readonly projectId: string;
  readonly revision: number;
  readonly settings: EndpointSettings;
  /** The newest first; more than one while a rotation overlaps, none if none is set. */
  readonly secrets: readonly EndpointSecret[];
  readonly routes: readonly EndpointRoute[];
}

interface EndpointRow {
  readonly id: string;
  readonly project_id: string;
  readonly revision: number;
  readonly settings: string;
  readonly secrets: Buffer[];
  readonly routes: unknown;
}

const routesOf = (endpointId: string): string => `
    select coalesce(json_agg(json_build_object('workflowId', r.workflow_id, 'version', r.version,
      'triggerStepId', r.step_id, 'paused', r.paused, 'maxConcurrentRuns', r.max_concurrent_runs)
      order by r.workflow_id, r.step_id), '[]') as routes
    from endpoint_route r where r.endpoint_id = ${endpointId}`;

/** The live workflows that start from an endpoint, as a transaction sees them. */
export async function findRoutes(
  connection: Pick<pg.PoolClient, 'query'>,
  endpointId: string,
): Promise<readonly EndpointRoute[]> {
  const { rows } = await connection.query<{ routes: unknown }>(routesOf('$1'), [endpointId]);
  return z.array(Route).parse(rows[0]?.routes);
}

/** One statement, so one snapshot: routes and secrets are those of the revision that the accept statement compares. */
const FIND = `
select e.id, e.project_id, e.revision, e.settings,
  array(
    select s.sealed from endpoint_secret s
    where s.endpoint_id = e.id and (s.expires_at is null or s.expires_at > now()) order by s.id desc
  ) as secrets,
  (${routesOf('e.id')}) as routes
from endpoint_token t join endpoint e on e.id = t.endpoint_id
where t.token_hash = $1 and (t.expires_at is null or t.expires_at > now())`;

/** Finds endpoints for trigger URLs. Keeps nothing: the cache is the caller's. */
export class EndpointLookup {
  constructor(
    private readonly pool: pg.Pool,
    private readonly secretBox: SecretBox,
  ) {}

  /**
   * @returns `undefined` for unknown, revoked and expired tokens alike
   * @throws EncryptionKeyError if a secret cannot be opened: an endpoint never passes as one without a secret
   */
  async findByToken(token: string): Promise<EndpointForIngress | undefined> {
    const answer = await this.pool.query<EndpointRow>({
      name: 'find-endpoint',
      text: FIND,
      values: [hashToken(token)],
    });
    const row = answer.rows[0];
    if (row === undefined) return undefined;
    const owner = { projectId: row.project_id, recordId: row.id };
    return {
      id: row.id,
      projectId: row.project_id,
      revision: row.revision,
      settings: EndpointSettings.parse(JSON.parse(row.settings)),
      secrets: row.secrets.map((sealed) =>
        EndpointSecret.parse(JSON.parse(this.secretBox.open(sealed, owner))),
      ),
      routes: z.array(Route).parse(row.routes),
    };
  }
}
