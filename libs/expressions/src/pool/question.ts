import type { FrameReader, FrameWriter } from './frames.js';
import type { Job, JobFault } from './job.js';

/** A job with one record as its answer: JSON text. */
export class Question implements Job {
  readonly timeoutMs: number;
  readonly sources: readonly string[];
  readonly records = 1;
  readonly bytes: number;
  private isSettled = false;

  constructor(
    private readonly asked: {
      readonly timeoutMs: number;
      readonly sources: readonly string[];
      readonly bytes: number;
      readonly write: (frame: FrameWriter) => void;
      readonly answered: (json: string) => void;
      readonly failed: (fault: JobFault) => void;
    },
  ) {
    ({ timeoutMs: this.timeoutMs, sources: this.sources, bytes: this.bytes } = asked);
  }

  write(frame: FrameWriter): void {
    this.asked.write(frame);
  }

  accept(record: FrameReader): void {
    const json = record.text();
    this.end(() => this.asked.answered(json));
  }

  isAnswered(): boolean {
    return this.isSettled;
  }

  fail(fault: JobFault): void {
    this.end(() => this.asked.failed(fault));
  }

  private end(tell: () => void): void {
    if (this.isSettled) return;
    this.isSettled = true;
    tell();
  }
}
