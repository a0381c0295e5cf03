/**
 * npm run bench:verify: what checking signatures costs. The check by itself, for every sender that signs by HMAC, on a
 * body of 2 KB; the check inside the api, by a clock around it, while deliveries come in; and the whole answer, from an
 * endpoint that checks and one that does not, by turns. --blocks and --pairs for longer or shorter turns.
 */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, load, ROOT, startNode } from './processes.mjs';
import { timeChecks } from './verify/alone.mjs';
import { deliverByTurns, differenceAt, quantile } from './verify/pairs.mjs';

const { values: flags } = parseArgs({
  options: { blocks: { type: 'string', default: '40' }, pairs: { type: 'string', default: '250' } },
});
const SECRET = 'a secret of the bench';
const LOADED = { connections: 4, rate: 200, seconds: 10 };

console.log(`${cpus().length} cores, Node ${process.version}; goal: less than 1 ms more at the p99`);
const { senders, times } = timeChecks();
const [p50, p99] = [0.5, 0.99].map((share) => quantile(share, times).toFixed(0));
console.log(`the check alone, ${senders} HMAC senders: p50 ${p50} us, p99 ${p99} us`);
await withDatabase(async (start) => {
  await measureInside(start);
  await measureAnswers(start);
});

/** The check as part of accepts: the api's own thread, caches and garbage, and others' requests beside it. */
async function measureInside(start) {
  const file = join(await mkdtemp(join(tmpdir(), 'hookloom-bench-checks-')), 'times.json');
  const timing = `--import ${new URL('verify/timed.mjs', import.meta.url).href}`;
  const api = await start({ NODE_OPTIONS: timing, TIMED_CHECKS: file });
  try {
    for (const path of [api.unchecked, api.checked]) {
      const result = await load({ ...LOADED, host: '127.0.0.1', port: api.port, path, secret: SECRET });
      if (result.refused > 0) throw new Error(`${result.refused} deliveries were refused.`);
    }
  } finally {
    await api.stop();
  }
  for (const [status, time] of Object.entries(JSON.parse(await readFile(file, 'utf8')))) {
    const figures = `p50 ${time.p50Us.toFixed(0)} us, p99 ${time.p99Us.toFixed(0)} us`;
    console.log(`inside an accept at ${LOADED.rate}/s, ${status}: ${figures} of ${time.count}`);
  }
}

/** What a sender sees of it. */
async function measureAnswers(start) {
  const api = await start();
  try {
    const paths = [api.unchecked, api.checked];
    const [blocks, pairs] = [Number(flags.blocks), Number(flags.pairs)];
    const measured = await deliverByTurns({ port: api.port, paths, secret: SECRET, blocks, pairs });
    for (const share of [0.5, 0.9, 0.99]) {
      const { difference, low, high } = differenceAt(share, measured);
      const unchecked = quantile(
        share,
        measured.flatMap(({ first }) => first),
      );
      const interval = `95 % between ${low.toFixed(2)} and ${high.toFixed(2)}`;
      console.log(
        `answers, p${share * 100}: ${unchecked.toFixed(2)} ms unchecked, ${difference.toFixed(2)} ms more checked (${interval})`,
      );
    }
    console.log(`${blocks} blocks of ${pairs} pairs, by turns over one connection`);
  } finally {
    await api.stop();
  }
}

/** @param measure is told how to start an api with an endpoint that checks and one that does not */
async function withDatabase(measure) {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-verify-'));
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => undefined });
  const apiKey = `hl_${randomBytes(24).toString('base64url')}`;
  const env = {
    DATABASE_URL: postgres.url,
    HOOKLOOM_DATA_DIR: dataDir,
    HOOKLOOM_OWNER_EMAIL: 'bench@example.com',
    HOOKLOOM_OWNER_PASSWORD: 'only for this bench run',
    HOOKLOOM_API_KEY: apiKey,
    HOOKLOOM_LOG_LEVEL: 'error',
  };
  const start = async (more = {}) => {
    const port = await freePort();
    const settings = { ...env, ...more, HOOKLOOM_PORT: String(port) };
    const api = await startNode(`${ROOT}apps/api/dist/main.js`, {
      env: settings,
      ready: /Hookloom is ready/,
    });
    const unchecked = await pathOf({ port, apiKey }, {});
    const checked = await pathOf({ port, apiKey }, { secret: SECRET });
    return { port, unchecked, checked, stop: () => api.stop() };
  };
  try {
    await measure(start);
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function pathOf({ port, apiKey }, settings) {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/endpoints`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
    body: JSON.stringify({ name: 'bench', sender: 'github', ...settings }),
  });
  return new URL((await answer.json()).url).pathname;
}
