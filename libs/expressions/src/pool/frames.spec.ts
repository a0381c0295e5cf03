import { Buffer } from 'node:buffer';
import { describe, expect, it } from 'vitest';
import { FrameReader, FrameSplitter, FrameWriter } from './frames.js';

const LARGE = 'ä'.repeat(100_000);

/** Sends a frame through a pipe that hands over so many bytes at once. */
function received(frame: readonly Buffer[], pieceBytes: number): Buffer[] {
  const bytes = Buffer.concat(frame);
  const splitter = new FrameSplitter();
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += pieceBytes)
    frames.push(...splitter.push(bytes.subarray(at, at + pieceBytes)));
  return frames;
}

describe('a frame', () => {
  it.each([1, 3, 65_536, 10_000_000])('is read as it was written, in pieces of %i bytes', (pieceBytes) => {
    const writer = new FrameWriter();
    writer.byte(7);
    writer.text('before');
    writer.text(LARGE);
    writer.optional(undefined);
    writer.bytes(Buffer.alloc(200_000, 1));
    writer.number(4_000_000_000);
    writer.text('x'.repeat(20_000)); // more than the writer's first memory
    writer.optional('after');
    const [frame, ...others] = received(writer.finish(), pieceBytes);
    expect(others).toEqual([]);
    const reader = new FrameReader(frame ?? Buffer.alloc(0));
    expect(reader.byte()).toBe(7);
    expect(reader.text()).toBe('before');
    expect(reader.text()).toBe(LARGE);
    expect(reader.optional()).toBeUndefined();
    expect(reader.bytes().equals(Buffer.alloc(200_000, 1))).toBe(true);
    expect(reader.number()).toBe(4_000_000_000);
    expect(reader.text()).toHaveLength(20_000);
    expect(reader.optional()).toBe('after');
  });

  it('knows its length at any time', () => {
    const writer = new FrameWriter();
    writer.text(LARGE);
    writer.text('small');
    expect(writer.length).toBe(Buffer.concat(writer.finish()).length);
  });

  it('begins anew in the same memory', () => {
    const writer = new FrameWriter();
    writer.text(LARGE);
    writer.finish();
    writer.clear();
    writer.text('second');
    const [frame] = received(writer.finish(), 5);
    expect(new FrameReader(frame ?? Buffer.alloc(0)).text()).toBe('second');
  });

  it('takes a large body along without a copy', () => {
    const body = Buffer.alloc(200_000);
    const writer = new FrameWriter();
    writer.bytes(body);
    writer.number(1);
    expect(writer.finish().some((part) => part.buffer === body.buffer)).toBe(true);
  });
});
