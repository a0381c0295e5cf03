import { Buffer } from 'node:buffer';

const FIRST_BYTES = 16 * 1024;
const LENGTH_BYTES = 4;

/** What is longer than this goes beside the frame's own memory: it would be copied each time that memory grows. */
const LARGE_BYTES = 64 * 1024;

/**
 * Writes one frame: a length, then fields in an agreed order. Texts are UTF-8 with their length before them, so
 * that JSON passes through as it is and nobody escapes it twice.
 */
export class FrameWriter {
  private buffer = Buffer.allocUnsafe(FIRST_BYTES);
  private at = LENGTH_BYTES;
  /** What of the buffer is not among the parts yet begins here. */
  private from = 0;
  private parts: Buffer[] = [];
  private partBytes = 0;

  get length(): number {
    return this.partBytes + this.at - this.from;
  }

  byte(value: number): void {
    this.reserve(1);
    this.at = this.buffer.writeUInt8(value, this.at);
  }

  number(value: number): void {
    this.reserve(4);
    this.at = this.buffer.writeUInt32LE(value, this.at);
  }

  text(value: string): void {
    if (value.length > LARGE_BYTES) return this.bytes(Buffer.from(value, 'utf8'));
    this.reserve(LENGTH_BYTES + value.length * 3);
    const written = this.buffer.write(value, this.at + LENGTH_BYTES, 'utf8');
    this.buffer.writeUInt32LE(written, this.at);
    this.at += LENGTH_BYTES + written;
  }

  /** Large ones are not copied: they must stay as they are until the frame is sent. */
  bytes(value: Uint8Array): void {
    this.number(value.length);
    if (value.length > LARGE_BYTES) return this.putBeside(value);
    this.reserve(value.length);
    this.buffer.set(value, this.at);
    this.at += value.length;
  }

  /** A text that may be missing. */
  optional(value: string | undefined): void {
    this.byte(value === undefined ? 0 : 1);
    if (value !== undefined) this.text(value);
  }

  /** The frame, with its length set, in parts to be sent one after the other; valid until the next `clear`. */
  finish(): readonly Buffer[] {
    const bytes = this.length - LENGTH_BYTES;
    this.seal();
    this.parts[0]?.writeUInt32LE(bytes, 0);
    return this.parts;
  }

  /** Starts the next frame in the same memory, unless that grew large. */
  clear(): void {
    this.at = LENGTH_BYTES;
    this.from = 0;
    this.parts = [];
    this.partBytes = 0;
    if (this.buffer.length > 64 * FIRST_BYTES) this.buffer = Buffer.allocUnsafe(FIRST_BYTES);
  }

  private putBeside(value: Uint8Array): void {
    this.seal();
    this.parts.push(Buffer.from(value.buffer, value.byteOffset, value.byteLength));
    this.partBytes += value.length;
  }

  private seal(): void {
    if (this.at === this.from) return;
    this.parts.push(this.buffer.subarray(this.from, this.at));
    this.partBytes += this.at - this.from;
    this.from = this.at;
  }

  private reserve(bytes: number): void {
    const needed = this.at + bytes;
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.buffer.length * 2));
    this.buffer.copy(larger, 0, 0, this.at);
    this.buffer = larger;
  }
}

/** Reads the fields of one frame in the order they were written. */
export class FrameReader {
  private at = 0;

  constructor(private readonly frame: Buffer) {}

  byte(): number {
    const value = this.frame.readUInt8(this.at);
    this.at += 1;
    return value;
  }

  number(): number {
    const value = this.frame.readUInt32LE(this.at);
    this.at += 4;
    return value;
  }

  text(): string {
    const { start, end } = this.span();
    return this.frame.toString('utf8', start, end);
  }

  /** A view into the frame, not a copy. */
  bytes(): Buffer {
    const { start, end } = this.span();
    return this.frame.subarray(start, end);
  }

  optional(): string | undefined {
    return this.byte() === 0 ? undefined : this.text();
  }

  private span(): { start: number; end: number } {
    const length = this.number();
    const start = this.at;
    this.at += length;
    return { start, end: this.at };
  }
}

/** Splits a stream into frames; a frame may come in pieces. */
export class FrameSplitter {
  private readonly head = Buffer.alloc(LENGTH_BYTES);
  private headLength = 0;
  /** The frame that is being filled: it has its size from the start, so that no piece of it is kept beside it. */
  private frame: Buffer | undefined;
  private length = 0;

  /** The frames that are complete with this chunk. */
  push(chunk: Buffer): Buffer[] {
    const frames: Buffer[] = [];
    for (let at = 0; at < chunk.length;) {
      at += this.frame ? this.fill(this.frame, chunk, at) : this.readHead(chunk, at);
      if (this.frame?.length !== this.length) continue;
      frames.push(this.frame);
      this.frame = undefined;
    }
    return frames;
  }

  /** @returns how many bytes were taken */
  private readHead(chunk: Buffer, at: number): number {
    const taken = chunk.copy(this.head, this.headLength, at);
    this.headLength += taken;
    if (this.headLength < LENGTH_BYTES) return taken;
    this.frame = Buffer.allocUnsafe(this.head.readUInt32LE(0));
    this.headLength = 0;
    this.length = 0;
    return taken;
  }

  private fill(frame: Buffer, chunk: Buffer, at: number): number {
    const taken = chunk.copy(frame, this.length, at);
    this.length += taken;
    return taken;
  }
}
