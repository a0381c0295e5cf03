import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import pg from 'pg';
import { expect, it } from 'vitest';
import { until } from '../support/api-client.js';
import { load } from '../load/processes.mjs';
import { startProduct, type Product } from '../support/product.js';

const EVENTS = 20_000;
const SECRET = 'a secret of this test alone';
/** Of the queue and its indexes, for each event; 29 where every claim finds its runs by an index. */
const MOST_BLOCKS = 100;

/**
 * A plan that was cached while the tables were empty reads the whole queue for every claim: the longer the
 * queue, the slower, until nothing comes back. Nobody sees it while the worker keeps up. What the server read is
 * counted, not the time: a busy machine changes nothing.
 */
it(
  'a worker that saw empty tables first works off 20,000 events without reading the queue again and again',
  { timeout: 600_000 },
  async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'hookloom-test-'));
    const postgres = await startEmbeddedPostgres({
      dataDir: join(dataDir, 'database'),
      log: () => undefined,
    });
    const database = new pg.Pool({ connectionString: postgres.url, max: 1 });
    const env = {
      DATABASE_URL: postgres.url,
      HOOKLOOM_API_KEY: `hl_${randomBytes(24).toString('base64url')}`,
    };
    const start = (command: 'start:api' | 'start:worker'): Promise<Product> =>
      startProduct({ command, dataDir, env });
    const api = await start('start:api');
    const first = await start('start:worker');
    try {
      const endpoint = await api.api.createEndpoint({ name: 'Backlog', sender: 'github', secret: SECRET });
      await api.api.createLive('Backlog', {
        format: 1,
        steps: [
          { id: 'hook', type: 'trigger.webhook', config: { endpoint: endpoint.key } },
          { id: 'shape', type: 'transform', config: { expression: '{ "id": trigger.body.id }' } },
        ],
        edges: [{ source: 'hook', target: 'shape' }],
        settings: {},
      });
      await first.stop();
      const { port } = new URL(api.url);
      const target = {
        host: '127.0.0.1',
        port: Number(port),
        path: new URL(endpoint.url).pathname,
        secret: SECRET,
      };
      const sent = await load({ ...target, connections: 50, seconds: 300, count: EVENTS });
      expect(sent).toMatchObject({ accepted: EVENTS, refused: 0 });

      await database.query('select pg_stat_reset()');
      const second = await start('start:worker');
      await until('the queue to be empty', 300_000, () => isDrained(database));
      await second.stop(); // its connections leave their counts when they end
      expect(await blocksPerEvent(database)).toBeLessThan(MOST_BLOCKS);
    } finally {
      await api.stop();
      await database.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);

/** Looks at one row at most, as what it reads is counted too. */
async function isDrained(database: pg.Pool): Promise<true | undefined> {
  const { rowCount } = await database.query('select 1 from run_queue limit 1');
  return rowCount === 0 ? true : undefined;
}

const BLOCKS_READ = `
select sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::float8 as blocks
from pg_statio_user_tables where relname = 'run_queue'`;

/** How often a block of the queue or of its indexes was looked at for each event. */
async function blocksPerEvent(database: pg.Pool): Promise<number> {
  const { rows } = await database.query<{ blocks: number }>(BLOCKS_READ);
  return (rows[0]?.blocks ?? Number.NaN) / EVENTS;
}
