/**
 * npm run bench:loops: sends one event with a list and follows its run through api, worker and PostgreSQL: a transform
 * for each of 1,000 small items, then for each of 10,000 items of 1 KB. Prints medians over --rounds, with the
 * worker's memory at its highest.
 */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, median, pause, residentMiB, residentOfOneMiB, ROOT, startNode } from './processes.mjs';

const { values: flags } = parseArgs({ options: { rounds: { type: 'string', default: '5' } } });
const ROUNDS = Number(flags.rounds);
const LOOK_MS = 20;
const PARTS = [
  { count: 1_000, bytes: 20 },
  { count: 10_000, bytes: 1_000 },
];

const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-loops-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
const apiKey = `hl_${randomBytes(24).toString('base64url')}`;
const port = await freePort();
const env = {
  DATABASE_URL: postgres.url,
  HOOKLOOM_DATA_DIR: dataDir,
  HOOKLOOM_PORT: String(port),
  HOOKLOOM_OWNER_EMAIL: 'bench@example.com',
  HOOKLOOM_OWNER_PASSWORD: 'only for this bench run',
  HOOKLOOM_API_KEY: apiKey,
  HOOKLOOM_LOG_LEVEL: 'error',
};
const api = await startNode(`${ROOT}apps/api/dist/main.js`, { env, ready: /Hookloom is ready/ });
try {
  const { workflow, hook } = await createLoop();
  console.log(`${cpus().length} cores, Node ${process.version}; goals: 5,000 items/s, 300 MiB`);
  for (const part of PARTS) await measure(part, workflow, hook);
} finally {
  await api.stop();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function call(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

async function createLoop() {
  const endpoint = await call('POST', 'endpoints', {
    name: 'Loop',
    maxBodyBytes: 16 * 2 ** 20,
  });
  const definition = {
    format: 1,
    steps: [
      { id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } },
      { id: 'each', type: 'foreach', config: { items: 'trigger.body.items' } },
      { id: 'shape', type: 'transform', config: { expression: '{ "id": item.id, "twice": item.id * 2 }' } },
      { id: 'after', type: 'transform', config: { expression: '$count(input)' } },
    ],
    edges: [
      { source: 'hook', target: 'each' },
      { source: 'each', sourceHandle: 'each', target: 'shape' },
      { source: 'each', sourceHandle: 'done', target: 'after' },
    ],
  };
  const workflow = await call('POST', 'workflows', { name: 'Loop', definition });
  await call('POST', `workflows/${workflow.id}/publish`);
  return { workflow, hook: `http://127.0.0.1:${port}/hooks/${endpoint.token}` };
}

/** A worker of its own, so that the memory is that of this part alone; the first round warms it up. */
async function measure({ count, bytes }, workflow, hook) {
  const worker = await startNode(`${ROOT}apps/worker/dist/main.js`, { env, ready: /worker is ready/i });
  const took = [];
  let highest = { own: 0, all: 0 };
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      const ended = await runOnce(workflow, hook, aBody(count, bytes), () => {
        const own = residentOfOneMiB(worker.pid);
        const all = residentMiB(worker.pid);
        highest = { own: Math.max(own, highest.own), all: Math.max(all, highest.all) };
      });
      if (round > 0) took.push(ended);
    }
  } finally {
    await worker.stop();
  }
  const ms = median(took);
  console.log(
    `${count} items of ${bytes} bytes: ${Math.round(ms)} ms, ${Math.round((count / ms) * 1_000)} items/s; ` +
      `worker at most ${highest.own} MiB, ${highest.all} MiB with its children`,
  );
}

function aBody(count, bytes) {
  const text = 'x'.repeat(bytes);
  return JSON.stringify({ items: Array.from({ length: count }, (_none, id) => ({ id, text })) });
}

/** @returns milliseconds from the run's start to its end, by the database's clock */
async function runOnce(workflow, hook, body, look) {
  const sent = await fetch(hook, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  if (!sent.ok) throw new Error(`The event was answered with ${sent.status}: ${await sent.text()}`);
  for (;;) {
    look();
    await pause(LOOK_MS);
    const [run] = (await call('GET', `runs?workflowId=${workflow.id}&limit=1`)).items;
    if (run.status === 'failed') throw new Error(`The run failed: ${JSON.stringify(run.error)}`);
    if (run.status === 'succeeded') return Date.parse(run.finishedAt) - Date.parse(run.startedAt);
  }
}
