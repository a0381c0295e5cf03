/**
 * The raw limit: a bare Fastify route that writes the same rows by the same statement into the same Postgres
 * and does nothing else. DATABASE_URL and the row's fixed parts come in by the environment.
 */
import { AcceptWriter, createPools, DatabaseClock } from '@hookloom/persistence';
import Fastify from 'fastify';
import { createHash, randomUUID } from 'node:crypto';

const fixed = JSON.parse(process.env.BENCH_ROW);
const pools = createPools(process.env.DATABASE_URL);
const clock = new DatabaseClock(pools.aside);
await clock.start();
const writer = new AcceptWriter(pools);
const app = Fastify({ bodyLimit: 1024 * 1024 });
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/raw', async (request) => {
  const id = clock.newId();
  const outcome = await writer.accept({
    ...fixed,
    id,
    receivedAt: new Date(clock.now()),
    headersJson: JSON.stringify(request.headers),
    body: request.body,
    dedupeKey: createHash('sha256').update(randomUUID()).digest('hex'),
    runs: fixed.runs.map((run) => ({ ...run, id: clock.newId() })),
  });
  if (outcome.kind !== 'stored') throw new Error(outcome.kind);
  return { eventId: id };
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.BENCH_PORT) });
console.log('ready');
