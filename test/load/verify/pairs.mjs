/**
 * Two URLs that get the same deliveries by turns, one at a time over one connection, in an order thrown for each pair:
 * whatever else the machine does hits both alike. What is left of it shows as the width of the intervals.
 */
import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

const RESAMPLES = 1_000;
const WARM_UP_PAIRS = 500;

/** @returns blocks of milliseconds, each `{ first, second }` */
export async function deliverByTurns({ port, paths, secret, blocks, pairs }) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, noDelay: true });
  const [first, second] = paths.map((path) => () => deliver({ agent, port, path, secret }));
  const block = async (count) => {
    const times = { first: [], second: [] };
    for (let pair = 0; pair < count; pair += 1) {
      const begins = randomInt(2) === 0;
      if (begins) times.first.push(await first());
      times.second.push(await second());
      if (!begins) times.first.push(await first());
    }
    return times;
  };
  await block(WARM_UP_PAIRS);
  const measured = [];
  for (let at = 0; at < blocks; at += 1) measured.push(await block(pairs));
  agent.destroy();
  return measured;
}

/** A delivery of 2 KB, signed as GitHub signs. @returns milliseconds until its answer was there */
function deliver({ agent, port, path, secret }) {
  const body = JSON.stringify({ id: randomUUID(), type: 'order.paid', note: 'x'.repeat(1_900) });
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'user-agent': 'GitHub-Hookshot/bench',
    'x-github-event': 'push',
    'x-github-delivery': randomUUID(),
    'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
  };
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const sent = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers }, (reply) => {
      reply.resume();
      reply.once('end', () => {
        if (reply.statusCode !== 200) reject(new Error(`Answered ${reply.statusCode}.`));
        else resolve(performance.now() - startedAt);
      });
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

/** How much longer the second took at a share of all, with the 95 % interval over blocks drawn again and again. */
export function differenceAt(share, blocks) {
  const drawn = Array.from({ length: RESAMPLES }, () =>
    differenceOf(
      share,
      blocks.map(() => blocks[randomInt(blocks.length)]),
    ),
  ).sort((one, other) => one - other);
  const [low, high] = [0.025, 0.975].map((at) => drawn[Math.floor(RESAMPLES * at)]);
  return { difference: differenceOf(share, blocks), low, high };
}

function differenceOf(share, blocks) {
  return (
    quantile(
      share,
      blocks.flatMap((block) => block.second),
    ) -
    quantile(
      share,
      blocks.flatMap((block) => block.first),
    )
  );
}

/** The value below which a share of all lies. */
export function quantile(share, values) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}
