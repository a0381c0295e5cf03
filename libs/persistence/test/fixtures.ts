import type { FinishedRunStatus, RunError } from '@hookloom/contracts';
import { randomUUID } from 'node:crypto';
import type { AcceptedEvent } from '../src/accept/accepted-event.js';
import { createPools, type Pools } from '../src/database/pools.js';
import { DatabaseClock } from '../src/database/clock.js';
import type { RunRelease, WrittenEntry } from '@hookloom/runner';
import { RunCommands, type NewRun } from '../src/runs/run-commands.js';
import { startTestDatabase, type TestDatabase } from '@hookloom/testing/database';

/** A migrated database with one endpoint from which one live workflow starts. */
export interface World {
  readonly database: TestDatabase;
  readonly pools: Pools;
  readonly clock: DatabaseClock;
  readonly projectId: string;
  readonly endpointId: string;
  readonly workflowId: string;
  close(): Promise<void>;
}

export async function aWorld(): Promise<World> {
  const database = await startTestDatabase();
  const pools = createPools(database.url);
  const clock = new DatabaseClock(pools.ui);
  await clock.start();
  const projectId = await idOf(pools, 'select id from project');
  const workflowId = await idOf(
    pools,
    `insert into workflow (project_id, key, name, definition, live_version)
     values ($1, 'flow', 'Flow', '{}', 1) returning id`,
    [projectId],
  );
  const endpointId = await idOf(
    pools,
    `insert into endpoint (project_id, key, name, settings) values ($1, 'hook', 'Hook', '{}') returning id`,
    [projectId],
  );
  return {
    database,
    pools,
    clock,
    projectId,
    endpointId,
    workflowId,
    async close() {
      clock.stop();
      await pools.close();
      await database.close();
    },
  };
}

/** An event of the world's endpoint that starts one run. */
export function anEvent(world: World, changes: Partial<AcceptedEvent> = {}): AcceptedEvent {
  return {
    id: world.clock.newId(),
    projectId: world.projectId,
    endpointId: world.endpointId,
    endpointRevision: 1,
    receivedAt: new Date(world.clock.now()),
    status: 'accepted',
    method: 'POST',
    query: '',
    headersJson: '{"content-type":"application/json"}',
    contentType: 'application/json',
    body: Buffer.from('{"hello":"world"}'),
    sender: 'any',
    dedupeKey: randomUUID(),
    dedupeWindowSeconds: 604_800,
    flags: [],
    verification: { status: 'none' },
    answerStatus: 200,
    answerMs: 1.5,
    runs: [aRunOf(world)],
    ...changes,
  };
}

export function aRunOf(world: World, changes: Partial<AcceptedEvent['runs'][number]> = {}) {
  return {
    id: world.clock.newId(),
    workflowId: world.workflowId,
    version: 1,
    triggerStepId: 'start',
    state: 'queued' as const,
    ...changes,
  };
}

/** The id that a query gives. */
export async function idOf(world: Pools | World, sql: string, values: unknown[] = []): Promise<string> {
  return String((await row(world, sql, values))['id']);
}

/** The only row of a query. */
export async function row(
  world: Pools | World,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>> {
  const found = await rows(world, sql, values);
  if (found.length !== 1) throw new Error(`Expected one row, found ${found.length}.`);
  return found[0]!;
}

export async function rows(
  world: Pools | World,
  sql: string,
  values: unknown[] = [],
): Promise<Record<string, unknown>[]> {
  const pools = 'pools' in world ? world.pools : world;
  return (await pools.ui.query(sql, values)).rows;
}

/** A queued run without an event. */
export function aQueuedRun(world: World, changes: Partial<NewRun> = {}): Promise<string> {
  return new RunCommands(world.pools.ui, world.clock).enqueue({
    projectId: world.projectId,
    workflowId: world.workflowId,
    version: 1,
    kind: 'manual',
    triggerStepId: 'start',
    ...changes,
  });
}

/** A journal entry of a step that succeeded, with its output. */
export function anEntry(stepId: string, outputJson: string | undefined = '{"a":1}'): WrittenEntry {
  return {
    entry: { kind: 'succeeded', stepId, path: stepId, attempt: 1, startedAt: 1, at: 2, handle: 'out' },
    outputJson,
  };
}

export function finishedAs(status: FinishedRunStatus, error?: RunError): RunRelease {
  return { kind: 'finished', status, error, finishedAt: 1_760_000_000_000 };
}

export const SUCCEEDED = finishedAs('succeeded');
