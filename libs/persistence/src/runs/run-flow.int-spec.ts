import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClaimedRun } from '@hookloom/runner';
import { aQueuedRun, aWorld, finishedAs, row, rows, SUCCEEDED, type World } from '../../test/fixtures.js';
import { Maintenance } from '../maintenance/maintenance.js';
import { PgRunStore } from './pg-run-store.js';
import { RunCommands } from './run-commands.js';
import { ANSWER } from './run-flow.sql.js';

let world: World;
let store: PgRunStore;
let commands: RunCommands;
beforeAll(async () => {
  world = await aWorld();
  store = new PgRunStore(world.pools, world.clock);
  commands = new RunCommands(world.pools.ui, world.clock);
  const definition = {
    format: 1,
    steps: [{ id: 'called', type: 'trigger.subworkflow', config: {} }],
    edges: [],
    settings: {},
  };
  await world.pools.ui.query(
    `insert into workflow_version (workflow_id, project_id, version, definition) values ($1, $2, 1, $3)`,
    [world.workflowId, world.projectId, JSON.stringify(definition)],
  );
});
afterAll(async () => {
  await store.close();
  await world.close();
});

const PLACE = { path: 'each[2].call', generation: 0 };
const CALL = { workflow: 'flow', inputJson: '{"n":1}' };
const ASLEEP = { kind: 'asleep', until: Date.now() + 3_600_000 } as const;

async function claim(id: string): Promise<ClaimedRun> {
  const run = (await store.claim(10)).find((claimed) => claimed.id === id);
  if (!run) throw new Error('The run was not claimed.');
  return run;
}

describe('a called workflow', () => {
  it('is started once for each place, however often it is asked for, and tells its caller how it ended', async () => {
    const id = await aQueuedRun(world);
    const parent = await claim(id);
    const first = await store.startChild(parent, PLACE, CALL);
    expect(await store.startChild(parent, PLACE, CALL)).toEqual(first);
    const childId = first && first.kind === 'started' ? first.runId : '';
    expect(await rows(world, 'select id, depth from run_queue where parent_run_id = $1', [id])).toEqual([
      { id: childId, depth: 1 },
    ]);
    await store.release(parent, 0, [], ASLEEP);
    const child = await claim(childId);
    expect(child).toMatchObject({ kind: 'subworkflow', parentRunId: id, depth: 1, input: '{"n":1}' });
    expect(await store.answerParent(child, { outputJson: '42' })).toBe(true);
    await store.release(child, 0, [], SUCCEEDED);
    const again = await claim(id);
    expect(again.answers).toEqual([{ ...PLACE, result: { outputJson: '42' } }]);
    await store.release(again, 0, [], SUCCEEDED);
  });

  it('is not started by a worker that lost the run', async () => {
    const id = await aQueuedRun(world);
    const lost = await claim(id);
    await world.pools.ui.query('update run_queue set fence = fence + 1 where id = $1', [id]);
    expect(await store.startChild(lost, PLACE, CALL)).toBe(false);
    expect(await rows(world, 'select 1 from run_link where parent_run_id = $1', [id])).toEqual([]);
    await world.pools.ui.query('delete from run_queue where id = $1', [id]);
  });

  it('ends with its caller when a person cancels that, also while a worker has it', async () => {
    const id = await aQueuedRun(world);
    const parent = await claim(id);
    const started = await store.startChild(parent, PLACE, CALL);
    await store.release(parent, 0, [], ASLEEP);
    const child = await claim(started && started.kind === 'started' ? started.runId : '');
    const maintenance = new Maintenance(world.pools, world.clock);
    expect(await maintenance.cancelCalled(10)).toBe(0);
    expect(await commands.cancel(world.projectId, id)).toBe('cancelled');
    expect(await maintenance.cancelCalled(10)).toBe(1);
    expect((await store.heartbeat()).cancelled).toEqual([child.id]);
    expect(await maintenance.cancelCalled(10)).toBe(0);
    await store.release(child, 0, [], finishedAs('cancelled'));
  });

  it('wakes its caller when it ended in nobody’s hands', async () => {
    const id = await aQueuedRun(world);
    const parent = await claim(id);
    const started = await store.startChild(parent, PLACE, CALL);
    await store.release(parent, 0, [], ASLEEP);
    await commands.cancel(world.projectId, started && started.kind === 'started' ? started.runId : '');
    const maintenance = new Maintenance(world.pools, world.clock);
    expect(await maintenance.answerOrphans(10)).toBe(1);
    expect(await maintenance.answerOrphans(10)).toBe(0);
    const again = await claim(id);
    expect(again.answers).toMatchObject([{ result: { error: { code: 'child_failed' } } }]);
    await store.release(again, 0, [], SUCCEEDED);
  });
});

/** What another connection does and has not committed when `meanwhile` begins; it commits once that waits for it. */
async function committedInBetween<T>(
  sql: string,
  values: unknown[],
  meanwhile: () => Promise<T>,
): Promise<T> {
  const other = await world.pools.ui.connect();
  try {
    await other.query('begin');
    await other.query(sql, values);
    const waiting = meanwhile();
    const held = 'select count(*)::int as held from pg_locks where not granted';
    await expect.poll(async () => (await row(world, held))['held']).toBeGreaterThan(0);
    await other.query('commit');
    return await waiting;
  } finally {
    other.release();
  }
}

describe('two at the same time', () => {
  it('count an answer that is committed while its wait is being closed', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    const given = [id, PLACE.path, PLACE.generation, '{"outputJson":"1"}'];
    expect(await committedInBetween(ANSWER, given, () => store.closeWait(run, PLACE))).toEqual({
      outputJson: '1',
    });
    await store.release(run, 0, [], SUCCEEDED);
  });

  it('start one run for a place, and both know it', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    const child = world.clock.newId();
    const link = `insert into run_link (parent_run_id, path, generation, project_id, kind, child_run_id)
      values ($1, $2, $3, $4, 'subworkflow', $5)`;
    const given = [id, PLACE.path, PLACE.generation, world.projectId, child];
    expect(await committedInBetween(link, given, () => store.startChild(run, PLACE, CALL))).toEqual({
      kind: 'started',
      runId: child,
    });
    expect(await rows(world, 'select id from run_queue where parent_run_id = $1', [id])).toEqual([]);
    await store.release(run, 0, [], SUCCEEDED);
  });
});

describe('an answer for a waiting step', () => {
  it('wakes the run once, and is told from a second one and from one that comes too late', async () => {
    const id = await aQueuedRun(world);
    await store.release(await claim(id), 0, [], ASLEEP);
    expect(await commands.answer(id, PLACE, { outputJson: '1' })).toBe('answered');
    expect(await commands.answer(id, PLACE, { outputJson: '2' })).toBe('used');
    const run = await claim(id);
    expect(run.answers).toEqual([{ ...PLACE, result: { outputJson: '1' } }]);
    await store.release(run, 0, [], SUCCEEDED);
    expect(await commands.answer(id, PLACE, { outputJson: '3' })).toBe('over');
  });

  it('that comes while a worker has the run keeps it from falling asleep', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    expect(await commands.answer(id, PLACE, { outputJson: '1' })).toBe('answered');
    await store.release(run, 0, [], ASLEEP);
    expect(
      await row(world, 'select available_at <= now() as due from run_queue where id = $1', [id]),
    ).toEqual({
      due: true,
    });
    await store.release(await claim(id), 0, [], SUCCEEDED);
  });
});

describe('a wait whose time is up', () => {
  it('takes no answer any more, and says that it is too late', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    expect(await store.closeWait(run, PLACE)).toBeUndefined();
    expect(await commands.answer(id, PLACE, { outputJson: '1' })).toBe('late');
    expect(await commands.findAnswer(id, PLACE)).toBe('late');
    await store.release(run, 0, [], ASLEEP);
    await world.pools.ui.query(
      `update run_queue set available_at = now() - interval '1 second' where id = $1`,
      [id],
    );
    const again = await claim(id);
    expect(again.answers ?? []).toEqual([]);
    expect(await store.closeWait(again, PLACE)).toBeUndefined();
    await store.release(again, 0, [], SUCCEEDED);
  });

  it('ends by what came in the last moment', async () => {
    const id = await aQueuedRun(world);
    const run = await claim(id);
    expect(await commands.answer(id, PLACE, { outputJson: '{"ok":true}' })).toBe('answered');
    expect(await store.closeWait(run, PLACE)).toEqual({ outputJson: '{"ok":true}' });
    expect(await commands.answer(id, PLACE, { outputJson: '2' })).toBe('used');
    await store.release(run, 0, [], SUCCEEDED);
  });
});

describe('a called run that a person retries', () => {
  it('is as deep as it was, and still the run of its caller', async () => {
    const parent = await claim(await aQueuedRun(world));
    const started = await store.startChild(parent, PLACE, CALL);
    const childId = started && started.kind === 'started' ? started.runId : '';
    const child = await claim(childId);
    const nested = await store.startChild(child, PLACE, CALL);
    const nestedId = nested && nested.kind === 'started' ? nested.runId : '';
    await store.release(await claim(nestedId), 0, [], finishedAs('failed'));
    expect(await commands.retry(world.projectId, nestedId, [])).toEqual({ kind: 'queued' });
    const again = await claim(nestedId);
    expect(again).toMatchObject({ parentRunId: childId, depth: 2 });
    for (const run of [again, child, parent]) await store.release(run, 0, [], SUCCEEDED);
  });

  it('is waited for again where it took too long, and not begun twice', async () => {
    const parentId = await aQueuedRun(world);
    const parent = await claim(parentId);
    const started = await store.startChild(parent, PLACE, CALL);
    const childId = started && started.kind === 'started' ? started.runId : '';
    const child = await claim(childId);
    expect(await store.closeWait(parent, PLACE)).toBeUndefined();
    await store.release(parent, 0, [], finishedAs('failed'));
    expect(await commands.retry(world.projectId, parentId, [])).toEqual({ kind: 'queued' });
    const again = await claim(parentId);
    expect(await store.startChild(again, PLACE, CALL)).toEqual({ kind: 'started', runId: childId });
    await store.release(again, again.journal.length, [], ASLEEP);
    await store.answerParent(child, { outputJson: '5' });
    await store.release(child, 0, [], SUCCEEDED);
    const woken = await claim(parentId);
    expect(woken.answers).toMatchObject([{ ...PLACE, result: { outputJson: '5' } }]);
    await store.release(woken, again.journal.length, [], SUCCEEDED);
  });

  it('that is cancelled in nobody’s hands still wakes a caller that waits for it anew', async () => {
    const parentId = await aQueuedRun(world);
    const parent = await claim(parentId);
    const started = await store.startChild(parent, PLACE, CALL);
    const childId = started && started.kind === 'started' ? started.runId : '';
    const child = await claim(childId);
    await store.answerParent(child, { error: { code: 'child_failed', message: 'No.' } });
    await store.release(child, 0, [], finishedAs('failed'));
    await store.release(parent, 0, [], finishedAs('failed'));
    expect(await commands.retry(world.projectId, childId, [])).toEqual({ kind: 'queued' });
    expect(await commands.retry(world.projectId, parentId, [])).toEqual({ kind: 'queued' });
    const claimed = await store.claim(10);
    const [again, held] = [parentId, childId].map((id) => claimed.find((run) => run.id === id)!);
    expect(await store.startChild(again!, PLACE, CALL)).toEqual({ kind: 'started', runId: childId });
    await store.release(again!, again!.journal.length, [], ASLEEP);
    await store.release(held!, held!.journal.length, [], ASLEEP);
    expect(await commands.cancel(world.projectId, childId)).toBe('cancelled');
    expect(await new Maintenance(world.pools, world.clock).answerOrphans(10)).toBe(1);
    await store.release(await claim(parentId), again!.journal.length, [], SUCCEEDED);
  });
});
