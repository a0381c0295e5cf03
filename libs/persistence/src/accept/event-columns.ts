import { hash } from 'node:crypto';
import { bytea, encodeArray, float4, int2, text, timestamp, uuid } from '../database/binary-arrays.js';
import type { EventRow } from './accepted-event.js';

/** The key itself is hashed; of its text this much is kept to be shown. */
const SHOWN_KEY_CHARACTERS = 256;

const COLUMNS = [
  ['id', 'uuid'],
  ['project_id', 'uuid'],
  ['endpoint_id', 'uuid'],
  ['received_at', 'timestamptz'],
  ['status', 'text'],
  ['reason', 'text'],
  ['method', 'text'],
  ['query', 'text'],
  ['headers', 'text'],
  ['content_type', 'text'],
  ['body', 'bytea'],
  ['type', 'text'],
  ['sender', 'text'],
  ['dedupe_key', 'text'],
  ['flags', 'text'],
  ['verification', 'text'],
  ['answer_status', 'int2'],
  ['answer_ms', 'float4'],
] as const;

/** How many parameters `encodeEvents` gives. */
export const EVENT_PARAMETERS = COLUMNS.length;
/** Column names for `insert into event (…)`; `body_bytes` is computed. */
export const EVENT_COLUMNS = COLUMNS.map(([name]) => name).join(', ');
/** `unnest(…) as e (…)` over the parameters $1 to $18. */
export const EVENT_INPUT = `unnest(${COLUMNS.map(([, type], at) => `$${at + 1}::${type}[]`).join(', ')})
    as e (${EVENT_COLUMNS})`;
export const EVENT_VALUES = COLUMNS.map(([name]) => `e.${name}`).join(', ');

/** Events as whole columns, in the order of `EVENT_COLUMNS`. */
export function encodeEvents(events: readonly EventRow[]): Buffer[] {
  return [
    encodeIds(events, (event) => event.id),
    encodeIds(events, (event) => event.projectId),
    encodeIds(events, (event) => event.endpointId),
    encodeArray(
      timestamp,
      events.map((event) => event.receivedAt.getTime()),
    ),
    encodeTexts(events, (event) => event.status),
    encodeTexts(events, (event) => event.reason),
    encodeTexts(events, (event) => event.method),
    encodeTexts(events, (event) => event.query),
    encodeTexts(events, (event) => event.headersJson),
    encodeTexts(events, (event) => event.contentType),
    encodeArray(
      bytea,
      events.map((event) => event.body),
    ),
    encodeTexts(events, (event) => event.type),
    encodeTexts(events, (event) => event.sender),
    encodeTexts(events, (event) => event.dedupeKey?.slice(0, SHOWN_KEY_CHARACTERS)),
    encodeTexts(events, (event) => (event.flags?.length ? JSON.stringify(event.flags) : undefined)),
    encodeTexts(events, (event) => JSON.stringify(event.verification)),
    encodeArray(
      int2,
      events.map((event) => event.answerStatus),
    ),
    encodeArray(
      float4,
      events.map((event) => event.answerMs),
    ),
  ];
}

/** Uuids of many rows as one parameter. */
export function encodeIds<Row>(rows: readonly Row[], pick: (row: Row) => string | undefined): Buffer {
  return encodeArray(uuid, rows.map(pick));
}

/** Texts of many rows as one parameter. */
export function encodeTexts<Row>(rows: readonly Row[], pick: (row: Row) => string | undefined): Buffer {
  return encodeArray(text, rows.map(pick));
}

/** What an event weighs in a batch, bytes. */
export function eventBytes(event: EventRow): number {
  return event.body.byteLength + event.headersJson.length + event.query.length + 512;
}

/**
 * The primary key of `event_key`: 16 bytes of SHA-256 over endpoint and event id, as hexadecimal digits.
 * Endpoint ids have one length, so the two parts cannot run into each other.
 */
export function eventKey(endpointId: string, dedupeKey: string): string {
  return hash('sha256', endpointId + dedupeKey, 'hex').slice(0, 32);
}
