/**
 * npm run bench: what the product does on this machine, beside the raw limit of the same rows in the same
 * Postgres. Prints a table and writes docs/benchmarks.json (or the file named by --out).
 *
 * --quick shortens every part: for a look, not for a figure to quote.
 */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { freePort, load, median, pause, residentMiB, ROOT, startNode } from './processes.mjs';

const { values: flags } = parseArgs({ options: { quick: { type: 'boolean' }, out: { type: 'string' } } });
const quick = flags.quick === true;
const seconds = quick ? 2 : 4;
const results = {
  machine: `${cpus().length} cores, Node ${process.version}`,
  quick,
  accept: [],
  completed: {},
  drain: {},
};

const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-'));
const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
const database = new pg.Pool({ connectionString: postgres.url, max: 2 });
database.on('error', () => undefined);
const echo = await startEcho();
const apiKey = `hl_${randomBytes(24).toString('base64url')}`;
const port = await freePort();
const env = {
  DATABASE_URL: postgres.url,
  HOOKLOOM_DATA_DIR: dataDir,
  HOOKLOOM_PORT: String(port),
  HOOKLOOM_OWNER_EMAIL: 'bench@example.com',
  HOOKLOOM_OWNER_PASSWORD: 'only for this bench run',
  HOOKLOOM_API_KEY: apiKey,
  HOOKLOOM_ALLOWED_PRIVATE_HOSTS: '127.0.0.0/8',
  HOOKLOOM_LOG_LEVEL: 'error',
};
const startApi = () => startNode(`${ROOT}apps/api/dist/main.js`, { env, ready: /Hookloom is ready/ });
const startWorker = () => startNode(`${ROOT}apps/worker/dist/main.js`, { env, ready: /worker is ready/i });

const api = await startApi();
try {
  await measureRest();
  const simple = await createWorkflow('transform', transformOnly());
  const flow = await createWorkflow('http flow', withHttp(echo.url));
  await measureAccept(simple);
  await measureConnections(simple);
  for (const [name, target] of [
    ['transform', simple],
    ['http', flow],
  ]) {
    results.completed[name] = await measureCompleted(target);
    results.drain[name] = await measureDrain(target);
  }
  report();
  const out = flags.out ?? `${ROOT}docs/benchmarks.json`;
  await writeFile(out, `${JSON.stringify(results, null, 2)}\n`);
  console.log(`written: ${out}`);
} finally {
  await api.stop();
  echo.close();
  await database.end();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

function transformOnly() {
  return {
    steps: [
      {
        id: 'shape',
        type: 'transform',
        config: {
          expression: `{ "id": trigger.body.id, "email": trigger.body.customer.email, "total": trigger.body.total, "items": $sum(trigger.body.lines.quantity), "currency": $lowercase(trigger.body.currency) }`,
        },
      },
    ],
    edges: [{ source: 'hook', target: 'shape' }],
  };
}

function withHttp(url) {
  const before = transformOnly();
  return {
    steps: [
      ...before.steps,
      {
        id: 'call',
        type: 'http',
        config: { method: 'POST', url: `${url}/orders`, body: '{{ steps.shape }}' },
      },
      { id: 'big', type: 'if', config: { condition: 'steps.shape.total > 100' } },
      {
        id: 'end',
        type: 'transform',
        config: { expression: '{ "status": steps.call.status, "total": steps.shape.total }' },
      },
    ],
    edges: [
      ...before.edges,
      { source: 'shape', target: 'call' },
      { source: 'call', target: 'big' },
      { source: 'big', sourceHandle: 'true', target: 'end' },
    ],
  };
}

async function call(method, path, body) {
  const response = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${apiKey}`, ...(body ? { 'content-type': 'application/json' } : {}) },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** An endpoint for GitHub: HMAC over the body, the delivery id as duplicate key. */
async function createWorkflow(name, graph) {
  const secret = randomBytes(24).toString('hex');
  const endpoint = await call('POST', '/endpoints', {
    name,
    sender: 'github',
    secret,
  });
  const workflow = await call('POST', '/workflows', {
    name,
    definition: {
      format: 1,
      steps: [{ id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } }, ...graph.steps],
      edges: graph.edges,
    },
  });
  await call('POST', `/workflows/${workflow.id}/publish`);
  return { endpoint, workflow, secret, path: `/hooks/${endpoint.token}` };
}

function hookLoad(target, options) {
  return load({ host: '127.0.0.1', port, path: target.path, secret: target.secret, ...options });
}

/** Accept ratio: pairs of product and raw route in turn, workers stopped, medians. */
async function measureAccept(target) {
  const rawPort = await freePort();
  const { rows } = await database.query('select id, project_id, revision from endpoint where id = $1', [
    target.endpoint.id,
  ]);
  const row = {
    projectId: rows[0].project_id,
    endpointId: rows[0].id,
    endpointRevision: rows[0].revision,
    status: 'accepted',
    method: 'POST',
    query: '',
    contentType: 'application/json',
    sender: 'github',
    type: 'push',
    dedupeWindowSeconds: 604800,
    flags: [],
    verification: { status: 'verified' },
    answerStatus: 200,
    answerMs: 1,
    runs: [{ workflowId: target.workflow.id, version: 1, triggerStepId: 'hook', state: 'queued' }],
  };
  const raw = await startNode(`${ROOT}test/load/raw-route.mjs`, {
    env: { DATABASE_URL: postgres.url, BENCH_PORT: String(rawPort), BENCH_ROW: JSON.stringify(row) },
    ready: /ready/,
  });
  const ratios = [];
  const products = [];
  const raws = [];
  try {
    await hookLoad(target, { connections: 50, seconds: 1 });
    await load({
      host: '127.0.0.1',
      port: rawPort,
      path: '/raw',
      connections: 50,
      seconds: 1,
      secret: target.secret,
    });
    for (let pair = 0; pair < (quick ? 2 : 5); pair += 1) {
      const product = await hookLoad(target, { connections: 50, seconds });
      const bare = await load({
        host: '127.0.0.1',
        port: rawPort,
        path: '/raw',
        connections: 50,
        seconds,
        secret: target.secret,
      });
      products.push(product);
      raws.push(bare);
      ratios.push(product.perSecond / bare.perSecond);
      console.log(
        `accept pair ${pair + 1}: product ${product.perSecond.toFixed(0)}/s (p99 ${product.p99Ms} ms), raw ${bare.perSecond.toFixed(0)}/s, ratio ${(ratios.at(-1) * 100).toFixed(1)} %`,
      );
      await emptyQueue();
    }
  } finally {
    await raw.stop();
  }
  results.acceptRatio = {
    ratio: median(ratios),
    productPerSecond: median(products.map((run) => run.perSecond)),
    rawPerSecond: median(raws.map((run) => run.perSecond)),
    productP99Ms: median(products.map((run) => run.p99Ms)),
  };
}

async function measureConnections(target) {
  for (const connections of [1, 10, 50, 100]) {
    const measured = await hookLoad(target, { connections, seconds });
    results.accept.push({ connections, ...measured });
    console.log(
      `accept ${connections} connections: ${measured.perSecond.toFixed(0)}/s, p50 ${measured.p50Ms} ms, p99 ${measured.p99Ms} ms, refused ${measured.refused}`,
    );
    await emptyQueue();
  }
}

/** Before any load, with the children that a worker keeps ready. */
async function measureRest() {
  const worker = await startWorker();
  await pause(3_000);
  results.restMiB = { api: residentMiB(api.pid), worker: residentMiB(worker.pid) };
  console.log(
    `at rest: api ${results.restMiB.api} MiB, worker with its children ${results.restMiB.worker} MiB`,
  );
  await worker.stop();
}

/** Held: what was offered could be sent and answered, and no due run waited a second. */
function isHeld({ rate, loadPerSecond, oldestSeconds }) {
  return oldestSeconds < 1 && loadPerSecond >= rate * 0.95;
}

/** The highest offered rate that is held for 30 s. */
async function measureCompleted(target) {
  const worker = await startWorker();
  try {
    let rate = 400;
    let held;
    for (;;) {
      const probe = await offered(target, rate, quick ? 3 : 6);
      if (!isHeld(probe)) break;
      held = rate;
      rate = Math.round(rate * 1.2);
    }
    for (let sure = held ?? 300; sure > 100; sure = Math.round(sure * 0.92)) {
      const long = await offered(target, sure, quick ? 5 : 30);
      console.log(
        `completed at ${sure}/s offered: ${long.completedPerSecond.toFixed(0)}/s, sent ${long.loadPerSecond.toFixed(0)}/s, oldest ${long.oldestSeconds.toFixed(2)} s, accept p99 ${long.p99Ms} ms`,
      );
      if (isHeld(long)) return long;
    }
    throw new Error('no rate was held');
  } finally {
    await worker.stop();
  }
}

async function offered(target, rate, forSeconds) {
  await untilEmpty();
  const before = await finishedCount();
  let oldestSeconds = 0;
  const watch = setInterval(
    () => void oldestDue().then((age) => (oldestSeconds = Math.max(oldestSeconds, age))),
    200,
  );
  const offeredAt = performance.now();
  const measured = await hookLoad(target, { connections: 50, seconds: forSeconds, rate });
  clearInterval(watch);
  const completed = (await finishedCount()) - before;
  const took = (performance.now() - offeredAt) / 1000;
  return {
    rate,
    completedPerSecond: completed / took,
    oldestSeconds,
    loadPerSecond: measured.perSecond,
    p50Ms: measured.p50Ms,
    p99Ms: measured.p99Ms,
  };
}

/** How fast a backlog is worked off: accepted with the worker stopped, then the worker starts. */
async function measureDrain(target) {
  const count = quick ? 5_000 : 30_000;
  await hookLoad(target, { connections: 50, seconds: 60, count });
  const worker = await startWorker();
  const startedAt = performance.now();
  const total = await untilEmpty();
  const perSecond = count / ((performance.now() - startedAt) / 1000);
  await worker.stop();
  console.log(`drain of ${count} (${target.endpoint.name}): ${perSecond.toFixed(0)}/s`);
  return { count, perSecond, total };
}

async function oldestDue() {
  const { rows } = await database.query(
    `select coalesce(extract(epoch from clock_timestamp() - min(available_at)), 0)::float as age from run_queue
     where state in ('queued', 'waiting') and available_at <= clock_timestamp() and lane is null`,
  );
  return rows[0].age;
}

async function finishedCount() {
  const { rows } = await database.query('select count(*)::int as count from run');
  return rows[0].count;
}

async function untilEmpty() {
  for (;;) {
    const { rows } = await database.query('select exists (select from run_queue) as busy');
    if (!rows[0].busy) return;
    await pause(20);
  }
}

/** Runs queued while workers are stopped on purpose are thrown away, so that the next part starts even. */
async function emptyQueue() {
  await database.query('truncate run_queue');
  await database.query('checkpoint');
}

async function startEcho() {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{"ok":true}');
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

function report() {
  const { acceptRatio, restMiB, completed, drain } = results;
  console.log('\nResult, goal');
  console.log(`accepted / raw limit      ${(acceptRatio.ratio * 100).toFixed(1)} %, at least 60 %`);
  console.log(`accept p99, 50 conn.      ${acceptRatio.productP99Ms} ms, under 30 ms`);
  console.log(
    `completed, transform      ${completed.transform.completedPerSecond.toFixed(0)}/s, at least 1,500/s`,
  );
  console.log(`completed, with http      ${completed.http.completedPerSecond.toFixed(0)}/s, at least 600/s`);
  console.log(
    `drain, transform / http   ${drain.transform.perSecond.toFixed(0)}/s / ${drain.http.perSecond.toFixed(0)}/s`,
  );
  console.log(`memory at rest            ${restMiB.api + restMiB.worker} MiB, under 400 MiB`);
}
