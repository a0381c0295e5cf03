import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  anEntry,
  anEvent,
  aQueuedRun,
  aRunOf,
  aWorld,
  finishedAs,
  row,
  rows,
  SUCCEEDED,
  type World,
} from '../../test/fixtures.js';
import { AcceptWriter } from '../accept/accept-writer.js';
import { decodeEntries } from './journal-bytes.js';
import { PgRunStore } from './pg-run-store.js';
import { RunCommands } from './run-commands.js';

let world: World;
let store: PgRunStore;
let commands: RunCommands;
beforeAll(async () => {
  world = await aWorld();
  store = new PgRunStore(world.pools, world.clock);
  commands = new RunCommands(world.pools.ui, world.clock);
});
afterAll(async () => {
  await store.close();
  await world.close();
});

const FAILED = finishedAs('failed', { code: 'x', message: 'No.' });

async function claim(id: string) {
  const run = (await store.claim(10)).find((claimed) => claimed.id === id);
  if (!run) throw new Error('The run was not claimed.');
  return run;
}

describe('enqueue', () => {
  it('keeps the draft that a run is made from', async () => {
    const draft = { definition: '{"format":1}', workflowKey: 'flow', workflowName: 'Flow' };
    const id = await aQueuedRun(world, { version: null, kind: 'test', draft });
    expect(
      await row(world, 'select definition, workflow_key, input from run_input where run_id = $1', [id]),
    ).toEqual({
      definition: '{"format":1}',
      workflow_key: 'flow',
      input: null,
    });
    await store.release(await claim(id), 0, [], SUCCEEDED);
  });
});

describe('retry', () => {
  it('goes on with the same run under a new fence, with all of its journal', async () => {
    const id = await aQueuedRun(world, { input: '{"a":1}' });
    const run = await claim(id);
    await store.append(run, 0, [anEntry('one')]);
    await store.release(run, 1, [anEntry('two')], FAILED);
    expect(await commands.retry(world.projectId, id, ['two'])).toEqual({ kind: 'queued' });
    expect(await rows(world, 'select 1 from run where id = $1', [id])).toEqual([]);
    const again = await claim(id);
    expect(again).toMatchObject({
      fence: 3,
      input: '{"a":1}',
      startedAt: expect.any(Date),
      spentSeconds: expect.any(Number),
      journal: [{ stepId: 'one' }, { stepId: 'two' }, { kind: 'retried', from: ['two'] }],
    });
    await store.release(again, 3, [anEntry('two')], SUCCEEDED);
    expect(await row(world, 'select status, journal_rows from run where id = $1', [id])).toEqual({
      status: 'succeeded',
      journal_rows: 4,
    });
  });

  it('works again and again', async () => {
    const id = await aQueuedRun(world);
    for (let round = 0; round < 3; round += 1) {
      const run = await claim(id);
      expect(run.journal).toHaveLength(2 * round);
      await store.release(run, run.journal.length, [anEntry('one')], FAILED);
      expect(await commands.retry(world.projectId, id, [])).toEqual({ kind: 'queued' });
    }
    await store.release(await claim(id), 6, [], SUCCEEDED);
  });

  it('refuses succeeded, unfinished and unknown runs, and those of another project', async () => {
    const id = await aQueuedRun(world);
    expect(await commands.retry(world.projectId, id, [])).toEqual({ kind: 'notRetryable', status: 'queued' });
    await store.release(await claim(id), 0, [], SUCCEEDED);
    expect(await commands.retry(world.projectId, id, [])).toEqual({
      kind: 'notRetryable',
      status: 'succeeded',
    });
    expect(await commands.retry(world.clock.newId(), id, [])).toEqual({ kind: 'notFound' });
    expect(await commands.retry(world.projectId, world.clock.newId(), [])).toEqual({ kind: 'notFound' });
  });

  it('wins once when asked for twice at the same time', async () => {
    const id = await aQueuedRun(world);
    await store.release(await claim(id), 0, [], FAILED);
    const outcomes = await Promise.all([
      commands.retry(world.projectId, id, []),
      commands.retry(world.projectId, id, []),
    ]);
    expect(outcomes.map((outcome) => outcome.kind).toSorted()).toEqual(['notRetryable', 'queued']);
    await commands.cancel(world.projectId, id);
  });
});

describe('cancel', () => {
  it('ends a queued run at once and says so in its journal', async () => {
    const id = await aQueuedRun(world);
    expect(await commands.cancel(world.projectId, id)).toBe('cancelled');
    const ended = await row(world, 'select status, journal, journal_rows from run where id = $1', [id]);
    expect(ended).toMatchObject({ status: 'cancelled', journal_rows: 1 });
    expect(decodeEntries(ended['journal'] as Buffer)).toMatchObject([{ kind: 'cancelled' }]);
  });

  it('of the last held run of an event leaves it accepted', async () => {
    const runs = [aRunOf(world, { state: 'held' }), aRunOf(world, { state: 'held' })];
    const event = anEvent(world, { status: 'held', runs });
    const writer = new AcceptWriter(world.pools);
    await writer.accept(event);
    await writer.close();
    const status = async () =>
      (await row(world, 'select status from event where id = $1', [event.id]))['status'];
    await commands.cancel(world.projectId, runs[0]!.id);
    expect(await status()).toBe('held');
    await commands.cancel(world.projectId, runs[1]!.id);
    expect(await status()).toBe('accepted');
  });

  it('ends a sleeping run, whose journal a retry finds again', async () => {
    const id = await aQueuedRun(world);
    const until = world.clock.now() + 3_600_000;
    await store.release(await claim(id), 0, [anEntry('one')], { kind: 'asleep', until });
    expect(await commands.cancel(world.projectId, id)).toBe('cancelled');
    await commands.retry(world.projectId, id, ['one']);
    const run = await claim(id);
    expect(run.journal.map((entry) => entry.kind)).toEqual(['succeeded', 'cancelled', 'retried']);
    await store.release(run, 3, [], SUCCEEDED);
  });

  it('wakes a run at once that falls asleep after its end was asked for', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    expect(await commands.cancel(world.projectId, id)).toBe('requested');
    await store.release(run, 0, [], { kind: 'asleep', until: world.clock.now() + 3_600_000 });
    const again = await claim(id);
    expect(again.cancelRequested).toBe(true);
    await store.release(again, 0, [], finishedAs('cancelled'));
  });

  it('has nothing to do for finished runs and does not know those of another project', async () => {
    const id = await aQueuedRun(world);
    expect(await commands.cancel(world.clock.newId(), id)).toBe('notFound');
    await store.release(await claim(id), 0, [], SUCCEEDED);
    expect(await commands.cancel(world.projectId, id)).toBe('finished');
  });
});
