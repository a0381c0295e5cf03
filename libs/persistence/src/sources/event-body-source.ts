import { LIMITS } from '@hookloom/contracts';
import type { ClaimedRun, EventBodySource, FoundBody } from '@hookloom/runner';
import type pg from 'pg';
import { loadEventBody } from '../runs/event-body.js';

interface Row {
  /** Whether the run may read it, wherever it is. */
  readonly isOwn: boolean;
  /** null: no longer stored. */
  readonly bytes: number | null;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
}

/**
 * $1 run, $2 project, $3 event, $4 whether it is the run's by being pinned. An unfinished run and those that wait for it are in
 * run_queue; the project is asked for at every row.
 */
const FIND = `
with recursive line as (
  select event_id, parent_run_id, 1 as depth from run_queue where id = $1 and project_id = $2
  union all
  select r.event_id, r.parent_run_id, line.depth + 1
    from run_queue r join line on r.id = line.parent_run_id
   where r.project_id = $2 and line.depth < ${LIMITS.subworkflowDepth}
)
select $4::boolean or exists (select from line where event_id = $3) as "isOwn",
       octet_length(e.body) as bytes, e.content_type as "contentType",
       e.headers::json ->> 'content-encoding' as "contentEncoding"
  from (select) one left join event e on e.id = $3 and e.project_id = $2`;

/** Bodies of events for the steps of a run. A text that names another run's event opens nothing. */
export class PgEventBodySource implements EventBodySource {
  constructor(private readonly pool: pg.Pool) {}

  async find(
    { id, projectId }: Pick<ClaimedRun, 'id' | 'projectId'>,
    eventId: string,
    isPinned: boolean,
  ): Promise<FoundBody> {
    const answer = await this.pool.query<Row>({
      name: 'event-of-run',
      text: FIND,
      values: [id, projectId, eventId, isPinned],
    });
    const row = answer.rows[0];
    if (!row?.isOwn) return { kind: 'foreign' };
    if (row.bytes === null) return { kind: 'gone' };
    const { bytes, contentType, contentEncoding } = row;
    const load = (): Promise<Uint8Array> => loadEventBody(this.pool, { id: eventId, projectId });
    const declared = {
      contentType: contentType ?? undefined,
      contentEncoding: contentEncoding ?? undefined,
    };
    return { kind: 'found', body: { bytes, ...declared, load } };
  }
}
