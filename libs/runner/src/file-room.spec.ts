import { describe, expect, it } from 'vitest';
import { FileRoom } from './file-room.js';

const never = new AbortController().signal;

/** Whether a promise is settled once all that can happen has happened. */
async function isOpen(entering: Promise<unknown>): Promise<boolean> {
  let open = false;
  void entering.then(
    () => (open = true),
    () => (open = true),
  );
  await new Promise((resolve) => setImmediate(resolve));
  return open;
}

describe('the room for files', () => {
  it('lets in as many as fit, the others in the order they came', async () => {
    const room = new FileRoom(100);
    const first = await room.enter(60, never);
    const second = await room.enter(40, never);
    const large = room.enter(80, never);
    const small = room.enter(10, never);
    second.leave();
    expect(await isOpen(small)).toBe(false);
    first.leave();
    expect([await isOpen(large), await isOpen(small)]).toEqual([true, true]);
  });

  it('always lets in one that is alone, however large', async () => {
    const room = new FileRoom(10);
    const large = await room.enter(1_000, never);
    const next = room.enter(1, never);
    expect(await isOpen(next)).toBe(false);
    large.leave();
    large.leave();
    expect(await isOpen(next)).toBe(true);
  });

  it('counts what a place grew by', async () => {
    const room = new FileRoom(100);
    const place = await room.enter(50, never);
    place.grow(40);
    const next = room.enter(20, never);
    expect(await isOpen(next)).toBe(false);
    place.leave();
    expect(await isOpen(next)).toBe(true);
  });

  it('is not waited for any longer than the step has time', async () => {
    const room = new FileRoom(10);
    const holder = await room.enter(10, never);
    const stop = new AbortController();
    const given = room.enter(5, stop.signal);
    const behind = room.enter(5, never);
    stop.abort(new Error('too slow'));
    await expect(given).rejects.toThrow('too slow');
    holder.leave();
    expect(await isOpen(behind)).toBe(true);
    await expect(room.enter(1, stop.signal)).rejects.toThrow('too slow');
  });
});
