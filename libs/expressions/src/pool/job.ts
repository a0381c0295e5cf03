import type { FrameReader, FrameWriter } from './frames.js';

/** Why a job has no answer. `closed`: the pool was closed by its owner. */
export type JobFault = 'timeout' | 'crashed' | 'closed';

/** Something that a child does for a caller: a request in, one or more records back. */
export interface Job {
  /** Silence that is allowed while it is worked on. */
  readonly timeoutMs: number;
  /** Names what it runs, so that those that once hurt a child are kept apart: sources or a schema. */
  readonly sources: readonly string[];
  /** About the size of its part of a frame. */
  readonly bytes: number;
  /** How many records the child sends back. */
  readonly records: number;
  write(frame: FrameWriter): void;
  /** One record has come; late ones, of a job that is answered already, are let go. */
  accept(record: FrameReader): void;
  /** Its caller has all that there will be. */
  isAnswered(): boolean;
  /** What is not answered yet never will be. */
  fail(fault: JobFault): void;
}
