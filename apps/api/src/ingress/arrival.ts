import type { RequestHead } from './incoming.js';

/** One request on its way through. */
export interface Arrival {
  readonly token: string;
  readonly head: RequestHead;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}
