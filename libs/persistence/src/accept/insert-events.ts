import type { RunKind } from '@hookloom/contracts';
import type pg from 'pg';
import { encodeArray, int4, uuid } from '../database/binary-arrays.js';
import { acceptSql } from './accept.sql.js';
import type { AcceptedEvent } from './accepted-event.js';
import { encodeEvents, encodeIds, encodeTexts } from './event-columns.js';

/** An event with the primary key of its duplicate key, if it has one. */
export interface KeyedEvent {
  readonly event: AcceptedEvent;
  readonly key: string | undefined;
}

/** What the runs are that events start. */
export type EventRunKind = Extract<RunKind, 'event' | 'form'>;

const STATEMENTS: Readonly<Record<EventRunKind, { readonly name: string; readonly text: string }>> = {
  event: { name: 'accept', text: acceptSql('event') },
  form: { name: 'accept-form', text: acceptSql('form') },
};

/**
 * Stores events with their keys and runs in one statement. Rows in the order of their keys keep statements that run side
 * by side from waiting for each other in a circle.
 *
 * @returns the ids that were not stored, with whether their endpoint was as they thought
 */
export async function insertEvents(
  connection: Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>,
  kind: EventRunKind,
  rows: readonly KeyedEvent[],
): Promise<Map<string, boolean>> {
  const events = rows.map((row) => row.event);
  const runs = events.flatMap((event) => event.runs.map((run) => ({ ...run, event })));
  const answer = await connection.query<{ id: string; fresh: number }>({
    ...STATEMENTS[kind],
    values: [
      ...encodeEvents(events),
      encodeArray(
        int4,
        events.map((event) => event.endpointRevision),
      ),
      encodeArray(
        uuid,
        rows.map((row) => row.key),
      ),
      encodeArray(
        int4,
        events.map((event) => event.dedupeWindowSeconds),
      ),
      encodeIds(runs, (run) => run.id),
      encodeIds(runs, (run) => run.event.id),
      encodeIds(runs, (run) => run.event.projectId),
      encodeIds(runs, (run) => run.workflowId),
      encodeArray(
        int4,
        runs.map((run) => run.version),
      ),
      encodeTexts(runs, (run) => run.triggerStepId),
      encodeTexts(runs, (run) => run.state),
      encodeArray(
        int4,
        runs.map((run) => run.maxConcurrentRuns),
      ),
    ],
  });
  return new Map(answer.rows.map((row) => [row.id, row.fresh === 1]));
}
