import type { EntityManager } from 'typeorm';
import type { UsualGaps } from '../alerts/silence-rule.js';
import { lowestId } from '../database/partitions.js';

/** Events of one endpoint that came in one hour. */
export interface HourOfEvents {
  /** Hours since 1970, UTC. */
  readonly hour: number;
  readonly taken: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/** What the watch over an endpoint's silence knows. */
export interface EndpointWatchRow {
  readonly learned: UsualGaps | undefined;
  readonly silentSince: Date | undefined;
}

/** A workflow that names an endpoint, with the documents that say so. */
export interface EndpointWorkflowRow {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly liveDefinition: string | null;
  readonly liveVersion: number | null;
  readonly paused: boolean;
}

export interface RunsOfWorkflow {
  readonly workflowId: string;
  readonly succeeded: number;
  readonly failed: number;
  readonly skipped: number;
}

/** When a token or secret was made and until when it is good. */
export interface KeyRow {
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

const HOUR_MS = 3_600_000;
/** More events of one hour are not counted: a look must not cost more than what it looks at. */
const COUNTED_PER_HOUR = 250_000;

/** How endpoints do, counted from the index of events when somebody looks. */
export class EndpointHealthRepository {
  constructor(private readonly manager: EntityManager) {}

  /** @param fromHour hours since 1970, UTC; up to but without `toHour` */
  async hours(endpointId: string, fromHour: number, toHour: number): Promise<HourOfEvents[]> {
    const hours = Array.from({ length: toHour - fromHour }, (_, at) => fromHour + at);
    return this.manager.query<HourOfEvents[]>(
      `select h.hour, count(*) filter (where e.status not in ('duplicate', 'rejected'))::int as taken,
              count(*) filter (where e.status = 'duplicate')::int as duplicate,
              count(*) filter (where e.status = 'rejected')::int as rejected
         from unnest($2::int[], $3::uuid[], $4::uuid[]) as h (hour, first, next)
        cross join lateral (
          select status from event where endpoint_id = $1 and id >= h.first and id < h.next
           limit ${COUNTED_PER_HOUR}) as e
        group by h.hour`,
      [
        endpointId,
        hours,
        hours.map((hour) => lowestId(hour * HOUR_MS)),
        hours.map((hour) => lowestId((hour + 1) * HOUR_MS)),
      ],
    );
  }

  /** When the last event came, refused ones too. */
  async lastEventAt(projectId: string, endpointId: string): Promise<Date | undefined> {
    const rows = await this.manager.query<{ at: Date }[]>(
      `select received_at as at from event where endpoint_id = $1 and project_id = $2 order by id desc limit 1`,
      [endpointId, projectId],
    );
    return rows[0]?.at;
  }

  async watchOf(projectId: string, endpointId: string): Promise<EndpointWatchRow> {
    const rows = await this.manager.query<
      { usual: number | null; pause: number | null; since: Date | null }[]
    >(
      `select usual_seconds as usual, pause_seconds as pause, silent_since as since
         from endpoint_watch where endpoint_id = $1 and project_id = $2`,
      [endpointId, projectId],
    );
    const { usual = null, pause = null, since = null } = rows[0] ?? {};
    const learned =
      usual === null || pause === null ? undefined : { usualSeconds: usual, pauseSeconds: pause };
    return { learned, silentSince: since ?? undefined };
  }

  /** Workflows whose draft or live version names the endpoint of this key. */
  workflowsNaming(projectId: string, key: string): Promise<EndpointWorkflowRow[]> {
    return this.manager.query<EndpointWorkflowRow[]>(
      `select w.id, w.key, w.name, w.definition, v.definition as "liveDefinition", w.live_version as "liveVersion",
              w.paused
         from workflow w left join workflow_version v on v.workflow_id = w.id and v.version = w.live_version
        where w.project_id = $1 and (strpos(w.definition, $2) > 0 or strpos(coalesce(v.definition, ''), $2) > 0)
        order by w.name, w.id limit 200`,
      [projectId, `"endpoint":${JSON.stringify(key)}`],
    );
  }

  /** How the runs of these workflows ended that began from a time on; tests aside. */
  runsSince(projectId: string, workflowIds: readonly string[], from: number): Promise<RunsOfWorkflow[]> {
    return this.manager.query<RunsOfWorkflow[]>(
      `select workflow_id as "workflowId", count(*) filter (where status = 'succeeded')::int as succeeded,
              count(*) filter (where status = 'failed')::int as failed,
              count(*) filter (where status = 'skipped')::int as skipped
         from run where project_id = $1 and workflow_id = any($2::uuid[]) and id >= $3 and kind <> 'test' group by 1`,
      [projectId, [...workflowIds], lowestId(from)],
    );
  }

  /** The tokens and secrets that are good now, the newest first. */
  async keysOf(endpointId: string): Promise<{ readonly tokens: KeyRow[]; readonly secrets: KeyRow[] }> {
    const [tokens, secrets] = await Promise.all([
      this.validKeys('endpoint_token', endpointId),
      this.validKeys('endpoint_secret', endpointId),
    ]);
    return { tokens, secrets };
  }

  /** Ends the overlap: what was replaced is good no longer. @returns how many that were */
  async endOld(table: 'endpoint_token' | 'endpoint_secret', endpointId: string): Promise<number> {
    const rows = await this.manager.query<{ count: number }[]>(
      `with gone as (delete from ${table} where endpoint_id = $1 and expires_at is not null returning 1)
       select count(*)::int as count from gone`,
      [endpointId],
    );
    return rows[0]?.count ?? 0;
  }

  private validKeys(table: 'endpoint_token' | 'endpoint_secret', endpointId: string): Promise<KeyRow[]> {
    return this.manager.query<KeyRow[]>(
      `select created_at as "createdAt", expires_at as "expiresAt" from ${table}
        where endpoint_id = $1 and (expires_at is null or expires_at > now()) order by created_at desc limit 20`,
      [endpointId],
    );
  }
}
