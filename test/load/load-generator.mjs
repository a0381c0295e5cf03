/**
 * A small HTTP load generator over plain sockets, in a process of its own so that it does not share a thread
 * with what it measures. Reads one JSON line of options from its arguments, prints one JSON line of results.
 *
 * Every request is signed as GitHub signs and has a delivery id of its own.
 *
 * Closed loop: each connection sends as soon as its answer is there. With `rate` (requests a second over all
 * connections) it is open: a request that finds all connections busy waits and its wait counts.
 */
import { createHmac, randomUUID } from 'node:crypto';
import { connect } from 'node:net';

const options = JSON.parse(process.argv[2]);
const { host, port, path, connections, seconds, rate, bodyBytes = 1900, secret, count = Infinity } = options;

const filler = 'x'.repeat(Math.max(0, bodyBytes - 420));
const latencies = [];
let sent = 0;
let accepted = 0;
let refused = 0;
let stopping = false;
const startedAt = performance.now();

function renderRequest() {
  const id = randomUUID();
  const body = JSON.stringify({
    id,
    type: 'order.paid',
    customer: { email: 'ana@example.com', name: 'Ana', country: 'PT' },
    total: 248.5,
    currency: 'EUR',
    lines: [
      { sku: 'A-1', quantity: 2, price: 99.5 },
      { sku: 'B-7', quantity: 1, price: 49.5 },
    ],
    note: filler,
  });
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return (
    `POST ${path} HTTP/1.1\r\nhost: ${host}:${port}\r\ncontent-type: application/json\r\n` +
    `user-agent: GitHub-Hookshot/bench\r\nx-github-event: push\r\nx-github-delivery: ${id}\r\naccept: */*\r\n` +
    `x-hub-signature-256: sha256=${signature}\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`
  );
}

/** How many requests may have begun by now. */
function allowance() {
  if (!rate) return count;
  return Math.min(count, Math.floor(((performance.now() - startedAt) / 1000) * rate));
}

const idle = [];

function startConnection() {
  return new Promise((resolve) => {
    const socket = connect({ host, port, noDelay: true });
    let sentAt = 0;
    let buffered = '';
    const next = () => {
      if (stopping || sent >= count) return socket.end();
      if (sent >= allowance()) return idle.push(next);
      const due = rate ? startedAt + (sent / rate) * 1000 : performance.now();
      sent += 1;
      sentAt = due;
      socket.write(renderRequest());
    };
    socket.on('connect', next);
    socket.on('data', (chunk) => {
      buffered += chunk.toString('latin1');
      const headEnd = buffered.indexOf('\r\n\r\n');
      if (headEnd < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(buffered)?.[1] ?? 0);
      if (buffered.length < headEnd + 4 + length) return;
      if (buffered.startsWith('HTTP/1.1 2')) accepted += 1;
      else refused += 1;
      latencies.push(performance.now() - sentAt);
      buffered = '';
      next();
    });
    socket.on('error', () => undefined);
    socket.on('close', resolve);
  });
}

const pacer = rate ? setInterval(() => releaseIdle(), 1) : undefined;
function releaseIdle() {
  for (let due = allowance() - sent; due > 0 && idle.length > 0; due -= 1) idle.pop()();
}
const end = setTimeout(() => {
  stopping = true;
  for (const next of idle.splice(0)) next();
}, seconds * 1000);

await Promise.all(Array.from({ length: connections }, startConnection));
clearTimeout(end);
clearInterval(pacer);
const took = (performance.now() - startedAt) / 1000;
latencies.sort((a, b) => a - b);
const at = (share) =>
  Number((latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0).toFixed(2));
console.log(
  JSON.stringify({
    sent,
    accepted,
    refused,
    seconds: took,
    perSecond: accepted / took,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: at(1),
  }),
);
