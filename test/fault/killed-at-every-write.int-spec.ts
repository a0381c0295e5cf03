import { execFileSync, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createPools, DatabaseClock, Maintenance, RunCommands, type Pools } from '@hookloom/persistence';
import { startTestDatabase, type TestDatabase } from '@hookloom/testing/database';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goldenCases } from '../golden/golden-case.js';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** Every write is a kill of its own; the long form (`HOOKLOOM_FAULT_ALL=1`) does all, the short one a few. */
const SHORT = [1, 2, 4];

let database: TestDatabase;
let pools: Pools;
let clock: DatabaseClock;
let receiver: HttpReceiver;
beforeAll(async () => {
  const compiler = at('../../node_modules/@typescript/native/bin/tsc');
  execFileSync(process.execPath, [compiler, '-b', at('../../apps/worker')], { stdio: 'inherit' });
  database = await startTestDatabase();
  pools = createPools(database.url);
  clock = new DatabaseClock(pools.ui);
  await clock.start();
  receiver = await startHttpReceiver();
  receiver.answer((_request, response) => {
    response.setHeader('content-type', 'application/json').end('{"ok":true}');
  });
});
afterAll(async () => {
  clock.stop();
  await Promise.all([receiver.close(), pools.close()]);
  await database.close();
});

const golden = goldenCases().find(({ name }) => name === 'nine-steps-with-a-loop')!;

/** Queues the nine-step workflow with its loop, sending to the receiver. */
async function aRun(): Promise<string> {
  const definition = JSON.stringify(golden.workflow).replaceAll('https://api.example.com', receiver.url);
  const { rows } = await pools.ui.query('select id from project');
  const projectId: string = rows[0].id;
  const made = await pools.ui.query(
    `insert into workflow (project_id, key, name, definition, live_version)
     values ($1, 'flow-' || gen_random_uuid(), 'Flow', $2, 1) returning id`,
    [projectId, definition],
  );
  const workflowId: string = made.rows[0].id;
  await pools.ui.query(
    'insert into workflow_version (workflow_id, project_id, version, definition) values ($1, $2, 1, $3)',
    [workflowId, projectId, definition],
  );
  return new RunCommands(pools.ui, clock).enqueue({
    projectId,
    workflowId,
    version: 1,
    kind: 'manual',
    triggerStepId: 'start',
    input: JSON.stringify(golden.event.body),
  });
}

/** @returns what it printed, or the signal that ended it */
async function work(killedAt: number, when: string): Promise<{ signal: string | null; output: string }> {
  const child = spawn(process.execPath, [at('mortal-worker.mjs'), database.url, String(killedAt), when]);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const signal = await new Promise<string | null>((resolve) => {
    child.once('exit', (_code, ended) => resolve(ended));
  });
  return { signal, output };
}

/** What each place of the workflow was asked to do, and with how many different keys. */
function effects(from: number): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const { method, url, headers } of receiver.requests.slice(from)) {
    const name = `${method} ${url}`;
    keys.set(name, (keys.get(name) ?? new Set()).add(String(headers['idempotency-key'])));
  }
  return keys;
}

describe('a worker process that is killed at a journal write', () => {
  it.each(['before', 'after'] as const)(
    '%s its commit loses and doubles no effect',
    async (when) => {
      await aRun();
      const { output: writes } = await work(0, when);
      expect(writes).toMatch(/^\d+\n$/);
      const undisturbed = Number(writes);
      const all = Array.from({ length: undisturbed }, (_write, index) => index + 1);
      const kills = process.env['HOOKLOOM_FAULT_ALL'] ? all : SHORT.filter((kill) => kill <= undisturbed);
      const maintenance = new Maintenance(pools, clock);
      let killed = 0;
      for (const killedAt of kills) {
        const from = receiver.requests.length;
        const runId = await aRun();
        const { signal, output } = await work(killedAt, when);
        // Rounds run side by side, so entries may share a write (more of them, the slower it is) and the last ones never come.
        if (signal === null && Number(output) < killedAt) continue;
        expect({ signal, output }).toMatchObject({ signal: 'SIGKILL' });
        killed += 1;
        const end = async () => (await pools.ui.query('select status from run where id = $1', [runId])).rows;
        if ((await end()).length === 0) {
          await expect.poll(async () => (await maintenance.reclaimExpired()).reclaimed).toBe(1);
          expect((await work(0, when)).signal).toBeNull();
        }
        expect(await end()).toEqual([{ status: 'succeeded' }]);
        const done = effects(from);
        expect([...done.keys()].toSorted()).toEqual(golden.expected.requests.toSorted());
        expect([...done.values()].map((keys) => keys.size)).toEqual(golden.expected.requests.map(() => 1));
      }
      expect(killed).toBeGreaterThan(1);
    },
    120_000,
  );
});
