import { LIMITS } from '@hookloom/contracts';
import type pg from 'pg';

/** Bytes are asked for in parts, and not as hex: on the way they take several times their size. */
const PART_BYTES = LIMITS.defaultBodyBytes / 2;

/** A body that comes with its claim; a larger one only when something reads it. */
export const BODY_OR_NULL = `case when octet_length(e.body) <= ${LIMITS.inlineBytes} then e.body end as body`;

/** $1 event, $2 project, $3 first byte, counted from 1. */
const LOAD_PART = `
select octet_length(body) as bytes, encode(substring(body from $3 for ${PART_BYTES}), 'base64') as part
from event where id = $1 and project_id = $2`;

/** The body of an event, as received. */
export async function loadEventBody(
  pool: pg.Pool,
  { id, projectId }: { readonly id: string; readonly projectId: string },
): Promise<Uint8Array> {
  let body: Buffer | undefined;
  let loaded = 0;
  do {
    const answer = await pool.query<{ bytes: number; part: string }>({
      name: 'event-body',
      text: LOAD_PART,
      values: [id, projectId, loaded + 1],
    });
    const row = answer.rows[0];
    if (!row) throw new Error(`The event ${id} of an unfinished run is gone.`);
    body ??= Buffer.allocUnsafe(row.bytes);
    loaded += body.write(row.part, loaded, 'base64');
  } while (loaded < body.length);
  return body;
}
