import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import { FrameReader, FrameWriter } from '../pool/frames.js';

const STDIN = 0;
const STDOUT = 1;
/** A frame that works longer than this sends what it has, so that the parent sees it alive. */
const FLUSH_AFTER_MS = 20;
const FLUSH_BYTES = 256 * 1024;
/** A child ends by itself after this much CPU time; the kernel would end it later (see `Child`). */
const CPU_BUDGET_MICROSECONDS = 1_800 * 1_000_000;

/** The memory in which records are written; each is copied out. */
const record = new FrameWriter();

/** Takes the records of one frame and sends them together. */
export class RecordSink {
  private readonly records: Buffer[] = [];
  private waitingBytes = 0;
  private flushedAt = performance.now();

  constructor(private readonly isEager: boolean) {}

  /** One record about the job of that number in the frame. */
  send(job: number, write: (record: FrameWriter) => void): void {
    record.clear();
    record.number(job);
    write(record);
    if (record.length > FLUSH_BYTES) return this.sendLarge();
    const bytes = Buffer.concat(record.finish());
    this.records.push(bytes);
    this.waitingBytes += bytes.length;
    const isDue = this.waitingBytes > FLUSH_BYTES || performance.now() - this.flushedAt > FLUSH_AFTER_MS;
    if (this.isEager || isDue) this.flush();
  }

  /** Goes as it is: a copy would double it. */
  private sendLarge(): void {
    this.flush();
    for (const part of record.finish()) writeFully(part);
    record.clear();
  }

  flush(): void {
    if (this.records.length > 0) writeFully(Buffer.concat(this.records));
    this.records.length = 0;
    this.waitingBytes = 0;
    this.flushedAt = performance.now();
  }
}

/** Does one job of a frame: reads its fields, sends its records. */
export type JobHandler = (job: number, fields: FrameReader, records: RecordSink) => Promise<void> | void;

/**
 * Serves frames until the parent is gone. Reading and writing block: the child has nothing else to do, and no
 * event loop stands between a frame and its answer.
 */
export async function serve(handle: JobHandler): Promise<void> {
  for (const part of new FrameWriter().finish()) writeFully(part);
  for (let frame = readFrame(); frame; frame = readFrame()) {
    const fields = new FrameReader(frame);
    const records = new RecordSink(fields.byte() === 1);
    const jobs = fields.number();
    for (let job = 0; job < jobs; job += 1) await handle(job, fields, records);
    records.flush();
    const { user, system } = process.cpuUsage();
    if (user + system > CPU_BUDGET_MICROSECONDS) return;
  }
}

function readFrame(): Buffer | undefined {
  const length = readFully(4)?.readUInt32LE(0);
  return length === undefined ? undefined : readFully(length);
}

/** Nothing when the other end is closed. */
function readFully(length: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(length);
  for (let at = 0; at < length;) {
    const read = readSome(bytes, at);
    if (read === 0) return undefined;
    at += read;
  }
  return bytes;
}

function readSome(bytes: Buffer, at: number): number {
  try {
    return readSync(STDIN, bytes, at, bytes.length - at, null);
  } catch (error) {
    // Windows reports a closed pipe as an error.
    if (error instanceof Error && 'code' in error && error.code === 'EOF') return 0;
    throw error;
  }
}

function writeFully(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) at += writeSync(STDOUT, bytes, at);
}
