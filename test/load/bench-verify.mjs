/**
 * npm run bench:verify: what checking signatures costs. First the check by itself, for every sender that signs by
 * HMAC, on a body of 2 KB; then the same deliveries to an endpoint that checks them and one that does not, by turns,
 * so that whatever else the machine does hits both alike.
 */
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import { compilePolicy, inspect, SENDERS, sign } from '@hookloom/senders';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort, load, median, ROOT, startNode } from './processes.mjs';

const { values: flags } = parseArgs({
  options: { rounds: { type: 'string', default: '7' }, seconds: { type: 'string', default: '3' } },
});
const ROUNDS = Number(flags.rounds);
const CHECKS = 2_000;
const SECRET = 'a secret of the bench';

console.log(`${cpus().length} cores, Node ${process.version}; goal: less than 1 ms more at the p99`);
measureAlone();
await measureAccepts();

/** Half of all HMAC senders take a key of another form than plain text; their check is the same. */
function measureAlone() {
  const rawBody = Buffer.from(JSON.stringify({ id: 'evt_1', type: 'order.paid', note: 'x'.repeat(1_900) }));
  const all = [];
  let senders = 0;
  for (const sender of SENDERS.values()) {
    const scheme = sender.schemes.find(
      ({ kind, key, signed }) => kind === 'hmac' && key.decode === 'utf8' && 'template' in signed,
    );
    if (!scheme || sender.secret?.length > 1) continue;
    const draft = {
      method: 'POST',
      url: 'https://h.example/hooks/t',
      headers: { 'content-type': 'application/json' },
      rawBody,
    };
    const at = Math.floor(Date.now() / 1_000);
    let request;
    try {
      request = {
        ...draft,
        ...sign(sender.id, { ...draft, secret: SECRET, scheme: scheme.id, at }),
        receivedAt: at,
      };
    } catch {
      continue; // signs only a body of its own shape
    }
    const policy = compilePolicy({ sender: sender.id, scheme: scheme.id, secrets: [SECRET] });
    if (inspect(policy, request).verification.status !== 'verified') continue;
    senders += 1;
    for (let check = 0; check < CHECKS; check += 1) {
      const startedAt = performance.now();
      inspect(policy, request);
      all.push(performance.now() - startedAt);
    }
  }
  all.sort((one, other) => one - other);
  const [p50, p99] = [0.5, 0.99].map((share) => (all[Math.floor(all.length * share)] * 1_000).toFixed(0));
  console.log(`the check alone, ${senders} HMAC senders, 2 KB: p50 ${p50} us, p99 ${p99} us`);
}

async function measureAccepts() {
  const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-bench-verify-'));
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
  const anEndpoint = async (settings) => {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/endpoints`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${apiKey}` },
      body: JSON.stringify({ name: 'bench', sender: 'github', ...settings }),
    });
    return new URL((await answer.json()).url).pathname;
  };
  try {
    const paths = { unchecked: await anEndpoint({}), checked: await anEndpoint({ secret: SECRET }) };
    await compare(port, paths);
  } finally {
    await api.stop();
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function compare(port, paths) {
  const found = { unchecked: [], checked: [] };
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, path] of Object.entries(paths)) {
      const options = { host: '127.0.0.1', port, path, secret: SECRET, connections: 4, rate: 50 };
      const result = await load({ ...options, seconds: Number(flags.seconds) });
      if (result.refused > 0) throw new Error(`${result.refused} deliveries were refused.`);
      if (round > 0) found[name].push(result); // the first round is for warming up
    }
  }
  const middle = (name, figure) => median(found[name].map((result) => result[figure]));
  for (const name of Object.keys(paths)) {
    console.log(
      `accept, ${name}: p50 ${middle(name, 'p50Ms')} ms, p99 ${middle(name, 'p99Ms')} ms (medians of ${ROUNDS})`,
    );
  }
  const more = (figure) => (middle('checked', figure) - middle('unchecked', figure)).toFixed(2);
  console.log(`a check adds ${more('p50Ms')} ms at the p50, ${more('p99Ms')} ms at the p99`);
}
