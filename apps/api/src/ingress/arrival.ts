import type { RequestHead } from './incoming.js';

/** Marks a delivery that was made here, by somebody of the project. Nothing that comes over the network has it. */
export interface SampleMark {
  /** Why nobody here could sign it: it is let in unchecked, and says so. */
  readonly unsigned?: string;
}

/** One request on its way through. */
export interface Arrival {
  readonly token: string;
  readonly head: RequestHead;
  readonly sample: SampleMark | undefined;
  /** Monotonic milliseconds. */
  readonly startedAt: number;
}
