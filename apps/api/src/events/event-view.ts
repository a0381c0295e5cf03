import {
  EventSummary,
  REDACTED,
  Verification,
  type EventDetail,
  type EventSecrets,
  type Redactor,
} from '@hookloom/contracts';
import { readQuery } from '@hookloom/payload';
import type { Deliveries, EventDetailRow, EventRunRow, EventSummaryRow } from '@hookloom/persistence';
import { z } from 'zod';
import { hideNamed } from '../redaction/hide-named.js';
import { maskHeaders, maskQuery } from './masked-headers.js';

const Flags = z.array(z.string());
const Headers = z.record(z.string(), z.string());

/** What came of some events; each one's own is picked out. */
export interface Outcomes {
  readonly runs: readonly EventRunRow[];
  readonly deliveries: Deliveries;
}

/** One event of a list. */
export function toEventSummary(row: EventSummaryRow, { runs, deliveries }: Outcomes): EventSummary {
  const view: EventSummary = {
    id: row.id,
    endpointId: row.endpointId,
    status: row.status,
    receivedAt: row.receivedAt.toISOString(),
    method: row.method,
    bodyBytes: row.bodyBytes,
    verification: Verification.parse(JSON.parse(row.verification)),
    answer: { status: row.answerStatus, ms: Math.round(row.answerMs * 100) / 100 },
    runs: runs
      .filter((run) => run.eventId === row.id)
      .map(({ id, workflowId, kind, status }) => ({ id, workflowId, kind, status })),
  };
  if (row.reason !== null) view.reason = row.reason;
  if (row.type !== null) view.type = row.type;
  if (row.dedupeKey !== null) view.dedupeKey = row.dedupeKey;
  if (row.duplicateOf !== null) view.duplicateOf = row.duplicateOf;
  const times = deliveries.get(row.id);
  if (times !== undefined) view.deliveries = times;
  if (row.flags !== null) view.flags = Flags.parse(JSON.parse(row.flags));
  return view;
}

/** One event, whole; what carries a secret is masked, and what rules hide. `body`: its value, as a workflow sees it. */
export function toEventDetail(
  row: EventDetailRow,
  outcomes: Outcomes,
  body: unknown,
  redactor: Redactor,
): EventDetail {
  const { value, by } = redactor.redact(body);
  return {
    ...toEventSummary(row, outcomes),
    headers: hideNamed(redactor, maskHeaders(headersOf(row), row.sender), REDACTED),
    query: hideNamed<string | string[]>(redactor, maskQuery(readQuery(row.query), row.sender), REDACTED),
    body: value,
    ...(by.length > 0 ? { redactedBy: [...by] } : {}),
  };
}

/** Headers and query in clear, but for what rules hide. */
export function toEventSecrets(row: EventDetailRow, redactor: Redactor): EventSecrets {
  return {
    headers: hideNamed(redactor, headersOf(row), REDACTED),
    query: hideNamed<string | string[]>(redactor, readQuery(row.query), REDACTED),
  };
}

/** Headers as received. */
export function headersOf(row: EventDetailRow): Record<string, string> {
  return Headers.parse(JSON.parse(row.headers));
}
