/**
 * npm run bench:inbox: looks into 1,000,000 stored events as the inbox does, then replays 10,000 of them while
 * senders go on. Prints medians, milliseconds. --events N for another number; --data FOLDER keeps the filled database
 * there and uses it again; --only search | replay for a part.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { load, median, pause } from './processes.mjs';
import { startProduct } from './product.mjs';

const { values: flags } = parseArgs({
  options: {
    events: { type: 'string', default: '1000000' },
    data: { type: 'string' },
    only: { type: 'string' },
  },
});
const EVENTS = Number(flags.events);
const ROUNDS = 5;
const REPLAYED = 10_000;
const SENT_PER_SECOND = 300;

const { call, database, port, stop } = await startProduct('inbox', flags.data);
try {
  const endpoint = (await call('GET', 'endpoints')).items[0] ?? (await createEndpoint());
  if (!(await isFilled())) await fill(endpoint.id);
  if (flags.only !== 'replay') await measureSearch();
  if (flags.only !== 'search') await measureReplay(endpoint);
} finally {
  await stop();
}

/** A live workflow of one transform, so that a replay costs what a small run costs. */
async function createEndpoint() {
  const definition = {
    format: 1,
    steps: [
      { id: 'hook', type: 'trigger.webhook', config: {} },
      { id: 'shape', type: 'transform', config: { expression: '{ "id": trigger.body.id }' } },
    ],
    edges: [{ source: 'hook', target: 'shape' }],
  };
  const workflow = await call('POST', 'workflows', { name: 'Inbox', definition });
  await call('POST', `workflows/${workflow.id}/publish`);
  return (await call('GET', 'endpoints')).items[0];
}

async function isFilled() {
  const { rows } = await database.query('select count(*)::int as count from event');
  return rows[0].count >= EVENTS;
}

/** Events of the last hours, 900 bytes each, ids in the order of their times as the product makes them. */
async function fill(endpointId) {
  const { rows } = await database.query('select id from project limit 1');
  await database.query(
    `insert into event (id, project_id, endpoint_id, received_at, status, method, query, headers, content_type,
       body, body_bytes, type, sender, verification, answer_status, answer_ms)
     select (lpad(to_hex(at_ms), 12, '0') || '7' || substr(hash, 1, 3) || '8' || substr(hash, 4, 15))::uuid,
       $2, $3, to_timestamp(at_ms / 1000.0), case i % 1000 when 7 then 'rejected' else 'captured' end, 'POST', '',
       '{"content-type":"application/json","user-agent":"Shop/1.0"}', 'application/json', body, octet_length(body),
       case i % 100000 when 7 then 'refund.created' else 'order.created' end, 'any', '{"status":"none"}', 200, 1.2
     from (
       select i, md5(i::text) as hash,
         (extract(epoch from now()) * 1000)::bigint - ($1 - i) * 3 as at_ms,
         convert_to(json_build_object('id', 'evt_' || i, 'order', 'ord_' || md5(i::text), 'email',
           'person' || i || '@example.com', 'lines', (select json_agg(json_build_object('sku', md5((i * 10 + g)::text),
             'quantity', g, 'price', g * 100 + i % 100)) from generate_series(1, 10) g), 'note',
           repeat('as agreed ', 8))::text, 'UTF8') as body
       from generate_series(1, $1::bigint) i
     ) as made`,
    [EVENTS, rows[0].id, endpointId],
  );
  await database.query('vacuum analyze event');
}

async function measureSearch() {
  const old = Math.round(EVENTS * 0.01);
  const { rows } = await database.query('select id, received_at from event order by id limit 1');
  const oldest = rows[0];
  const dayAgo = new Date(oldest.received_at.getTime() + 60_000).toISOString();
  print('', `${EVENTS} events`, `${cpus().length} cores, Node ${process.version}`);
  await time('newest 50', 'events');
  await time('by id', `events/${oldest.id}`);
  await time('rare type', 'events?type=refund.created');
  await time('no such type', 'events?type=never');
  await time('status', 'events?status=rejected');
  await time('no such status', 'events?status=held');
  await time('the first minute', `events?to=${dayAgo}`);
  await time('text in every body', 'events?q=as%20agreed');
  await time('text in a new body', `events?q=ord_${await hashOf(EVENTS - old)}`);
  await time('text in an old body', `events?q=ord_${await hashOf(old)}`);
  await time('text in no body', 'events?q=nowhere');
  await time('three letters in no body', 'events?q=zzq');
}

async function hashOf(number) {
  const { rows } = await database.query('select md5($1::text) as hash', [String(number)]);
  return rows[0].hash;
}

/** All pages until one holds something or the end is reached: what a person waits for. */
async function time(name, path) {
  const took = [];
  let pages = 0;
  let found = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const begun = performance.now();
    pages = 0;
    let cursor = null;
    do {
      const page = await call('GET', cursor === null ? path : `${path}&cursor=${cursor}`);
      found = page.items?.length ?? 1;
      cursor = page.nextCursor ?? null;
      pages += 1;
    } while (found === 0 && cursor !== null);
    took.push(performance.now() - begun);
  }
  print(name, `${Math.round(median(took))} ms`, `${found} found, ${pages} pages`);
}

/** Accept latency with and without a replay of many events beside it. */
async function measureReplay(endpoint) {
  const alone = await send(endpoint);
  const { replayId } = await call('POST', 'events/replay', {
    filter: { type: 'order.created' },
    perSecond: 500,
  });
  const beside = await send(endpoint, REPLAYED / 500);
  let replay = await call('GET', `replays/${replayId}`);
  while (replay.done + replay.failed < REPLAYED) {
    await pause(200);
    replay = await call('GET', `replays/${replayId}`);
  }
  await call('POST', `replays/${replayId}/cancel`);
  print('accept p99 alone', `${alone.p99Ms} ms`, `${SENT_PER_SECOND}/s sent`);
  print(
    'accept p99 beside a replay',
    `${beside.p99Ms} ms`,
    `${replay.done} replayed at ${replay.perSecond}/s`,
  );
}

function send({ token }, seconds = 10) {
  const rate = SENT_PER_SECOND;
  return load({
    host: '127.0.0.1',
    port,
    path: `/hooks/${token}`,
    connections: 10,
    seconds,
    rate,
    secret: 'none',
  });
}

function print(name, value, detail) {
  process.stdout.write(`${name.padEnd(28)} ${value.padStart(12)}   ${detail}\n`);
}
