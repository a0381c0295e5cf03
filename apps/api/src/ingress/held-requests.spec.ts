import { EventEmitter } from 'node:events';
import type { HeldProgress } from '@hookloom/persistence';
import { describe, expect, it, vi } from 'vitest';
import { HeldRequests } from './held-requests.js';
import type { HeldEvent } from './run-answer.js';

const held = (id: string, endpointId = 'shop'): HeldEvent => ({ id, endpointId, runIds: [`run of ${id}`] });
const MINUTE = 60_000;

function aHolder(limit: number, progress = new Map<string, HeldProgress>()) {
  const note = vi.fn();
  const onTrouble = vi.fn();
  const requests = new HeldRequests({ load: async () => progress, note, onTrouble }, limit);
  return { requests, note, onTrouble };
}

describe('held requests', () => {
  it('are let go when their sender goes away, so that they take no room', async () => {
    const { requests, note } = aHolder(2);
    const connection = new EventEmitter();
    const holding = requests.hold(held('one'), MINUTE, connection);
    expect(requests.hasRoomFor('shop')).toBe(false);
    connection.emit('close');
    await holding;
    expect(requests.hasRoomFor('shop')).toBe(true);
    expect(note).toHaveBeenCalledExactlyOnceWith('one', 499, expect.any(Number));
    expect(connection.listenerCount('close')).toBe(0);
  });

  it('are not held for a sender that went away while its event was stored', async () => {
    const { requests, note } = aHolder(2);
    await requests.hold(held('one'), MINUTE, Object.assign(new EventEmitter(), { destroyed: true }));
    expect(note).toHaveBeenCalledExactlyOnceWith('one', 499, expect.any(Number));
  });

  it('of one endpoint leave room for those of others', async () => {
    const { requests } = aHolder(4);
    const two = ['one', 'two'].map((id) => requests.hold(held(id), MINUTE, new EventEmitter()));
    expect(await requests.hold(held('three'), MINUTE, new EventEmitter())).toMatchObject({ status: 202 });
    expect([requests.hasRoomFor('shop'), requests.hasRoomFor('other')]).toEqual([false, true]);
    requests.drain();
    await Promise.all(two);
  });

  it('are answered though the answer of another cannot be read', async () => {
    const answerOf = (id: string, content: string): [string, HeldProgress] => [
      id,
      { given: [{ runId: `run of ${id}`, kind: 'respond', content }], over: [] },
    ];
    const progress = new Map([
      answerOf('bad', '{"status":"none"}'),
      answerOf('good', '{"status":201,"headers":{},"body":"yes"}'),
    ]);
    const { requests, onTrouble } = aHolder(10, progress);
    const bad = requests.hold(held('bad'), MINUTE, new EventEmitter());
    const good = await requests.hold(held('good'), MINUTE, new EventEmitter());
    expect([good.status, good.body]).toEqual([201, 'yes']);
    expect(onTrouble).toHaveBeenCalled();
    requests.drain();
    await bad;
  });
});
