import type { RequestHead, SampleMark } from './incoming.js';

/** One request on its way through. */
export interface Arrival {
  readonly token: string;
  readonly head: RequestHead;
  readonly sample: SampleMark | undefined;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}
