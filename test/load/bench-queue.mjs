/**
 * npm run bench:queue: what a long queue costs. How long a claim of a hundred takes with 200,000 runs queued, of one
 * project and of a hundred; and, with a worker at work on 50,000 runs of one project, how long single runs of another
 * wait. Rows are written as an accept writes them; claims and ends are the product's own.
 */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { createPools, DatabaseClock, migrate, PgRunStore } from '@hookloom/persistence';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, median, pause, ROOT, startNode } from './processes.mjs';

const { values: flags } = parseArgs({
  options: { queued: { type: 'string', default: '200000' }, backlog: { type: 'string', default: '50000' } },
});
const QUEUED = Number(flags.queued);
const BACKLOG = Number(flags.backlog);
const CLAIMS = 100;
const SINGLES = 50;

const DEFINITION = JSON.stringify({
  format: 1,
  steps: [
    { id: 'start', type: 'trigger.manual', config: {} },
    { id: 'shape', type: 'transform', config: { expression: '{ "id": run.id }' } },
  ],
  edges: [{ source: 'start', target: 'shape' }],
  settings: {},
});

const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-queue-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
await migrate(postgres.url);
const pools = createPools(postgres.url);
const clock = new DatabaseClock(pools.ui);
await clock.start();
try {
  console.log(`${cpus().length} cores, Node ${process.version}; goals: a claim 50 ms, a single run 5 s`);
  await measureClaims(1);
  await measureClaims(100);
  await measureNeighbour();
} finally {
  clock.stop();
  await pools.close();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

/** Another project with one live workflow, ready for runs. */
async function aProject() {
  const key = randomUUID();
  const { rows } = await pools.ui.query(
    `with p as (insert into project (key, name) values ($1, $1) returning id),
       w as (insert into workflow (project_id, key, name, definition, live_version)
         select id, 'flow', 'Flow', $2, 1 from p returning id, project_id),
       v as (insert into workflow_version (workflow_id, project_id, version, definition)
         select id, project_id, 1, $2 from w)
     select id as "workflowId", project_id as "projectId" from w`,
    [key, DEFINITION],
  );
  return rows[0];
}

async function queue({ projectId, workflowId }, count) {
  for (let left = count; left > 0; left -= 5_000) {
    const ids = Array.from({ length: Math.min(left, 5_000) }, () => clock.newId());
    await pools.ui.query(
      `insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state)
       select id, $2, $3, 1, 'manual', 'start', 'queued' from unnest($1::uuid[]) as id`,
      [ids, projectId, workflowId],
    );
  }
}

async function measureClaims(projectCount) {
  await pools.ui.query('truncate run_queue');
  for (let at = 0; at < projectCount; at += 1) await queue(await aProject(), QUEUED / projectCount);
  const store = new PgRunStore(pools, clock);
  const took = [];
  for (let at = 0; at < CLAIMS; at += 1) {
    const startedAt = performance.now();
    const runs = await store.claim(100);
    took.push(performance.now() - startedAt);

    if (runs.length !== 100) throw new Error(`A claim gave ${runs.length} runs.`);
    const finishedAt = Date.now();
    const how = { kind: 'finished', status: 'succeeded', error: undefined, finishedAt };
    await Promise.all(runs.map((run) => store.release(run, 0, [], how)));
  }
  await store.close();
  const slowest = Math.max(...took.slice(1));
  console.log(
    `${QUEUED} queued, ${projectCount} project(s): a claim of 100 takes ${median(took).toFixed(1)} ms, ` +
      `at most ${slowest.toFixed(1)} ms (the first: ${took[0].toFixed(1)} ms)`,
  );
}

async function measureNeighbour() {
  await pools.ui.query('truncate run_queue');
  const [busy, other] = [await aProject(), await aProject()];
  await queue(busy, BACKLOG);
  const worker = await startNode(`${ROOT}apps/worker/dist/main.js`, {
    env: {
      DATABASE_URL: postgres.url,
      HOOKLOOM_DATA_DIR: dataDir,
      HOOKLOOM_PORT: String(await freePort()),
      HOOKLOOM_LOG_LEVEL: 'error',
    },
    ready: /worker is ready/i,
  });
  const startedAt = performance.now();
  for (let at = 0; at < SINGLES; at += 1) {
    await queue(other, 1);
    await pause(100);
  }
  const waits = await untilDone(other);
  console.log(
    `beside a backlog of ${BACKLOG}: a single run of another project is over after ${median(waits).toFixed(0)} ms, at most ${Math.max(...waits).toFixed(0)} ms`,
  );
  await untilDone(busy);
  const seconds = (performance.now() - startedAt) / 1_000;
  console.log(`the backlog was worked off at ${Math.round(BACKLOG / seconds)} runs/s`);
  await worker.stop();
}

/** @returns milliseconds from each run's arrival to its end */
async function untilDone({ workflowId }) {
  for (;;) {
    const left = await pools.ui.query('select 1 from run_queue where workflow_id = $1 limit 1', [workflowId]);
    if (left.rowCount === 0) break;
    await pause(50);
  }
  const { rows } = await pools.ui.query(
    `select extract(epoch from finished_at - created_at)::float8 * 1000 as ms from run where workflow_id = $1`,
    [workflowId],
  );
  return rows.map(({ ms }) => ms);
}
