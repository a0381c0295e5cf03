import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anEntry, aQueuedRun, aWorld, rows, SUCCEEDED, type World } from '../../test/fixtures.js';
import { RunWriter } from './run-writer.js';

let world: World;
beforeAll(async () => {
  world = await aWorld();
});
afterAll(() => world.close());

async function anOwnedRun() {
  const run = { id: await aQueuedRun(world), fence: 1 };
  const owner = randomUUID();
  await world.pools.ui.query(
    `update run_queue set state = 'running', owner = $2, fence = 1, claimed_at = now() where id = $1`,
    [run.id, owner],
  );
  return { run, owner };
}

describe('RunWriter', () => {
  it('recognises an end that an earlier try had committed', async () => {
    const writer = new RunWriter(world.pools.worker);
    const { run, owner } = await anOwnedRun();
    expect(await writer.release(run, owner, 0, [anEntry('one')], SUCCEEDED)).toBe(true);
    expect(await writer.release(run, owner, 0, [anEntry('one')], SUCCEEDED)).toBe(true);
    expect(await rows(world, 'select journal_rows from run where id = $1', [run.id])).toEqual([
      { journal_rows: 1 },
    ]);
  });

  it('does not let a wrong fence or a wrong owner end a run', async () => {
    const writer = new RunWriter(world.pools.worker);
    const { run, owner } = await anOwnedRun();
    expect(await writer.release({ ...run, fence: 0 }, owner, 0, [], SUCCEEDED)).toBe(false);
    expect(await writer.release(run, randomUUID(), 0, [], SUCCEEDED)).toBe(false);
    expect(await rows(world, 'select state from run_queue where id = $1', [run.id])).toEqual([
      { state: 'running' },
    ]);
  });
});
