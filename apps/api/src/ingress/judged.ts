import type { CompiledEndpoint } from './compiled-endpoint.js';
import type { Incoming } from './incoming.js';

/** A request, whose it is, and since when it is here. */
export interface Judged {
  readonly endpoint: CompiledEndpoint;
  readonly incoming: Incoming;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}

/** Ids and times by the database's clock. */
export interface EventClock {
  /** Epoch milliseconds. */
  now(): number;
  newId(): string;
}

const LONGEST_TEXT = 500;

/** Types and reasons may hold text of the body: enough to recognise them, no more. */
export function shortened(text: string | undefined): string | undefined {
  return text === undefined || text.length <= LONGEST_TEXT ? text : `${text.slice(0, LONGEST_TEXT)}…`;
}
