import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import pg from 'pg';
import { expect, it } from 'vitest';
import { load } from '../load/processes.mjs';
import { startProduct, type Product } from '../support/product.js';

const EVENTS = 50_000;
const SECRET = 'a secret of this test alone';
const SLICES = 4;

/**
 * A plan that was cached while the tables were empty reads the whole queue for every claim: the longer the
 * queue, the slower, until nothing comes back. Nobody sees it while the worker keeps up.
 */
it(
  'a worker that saw empty tables first works off 50,000 events without slowing down',
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

      const second = await start('start:worker');
      const marks = await drainMarks(database);
      await second.stop();
      const sliceSeconds = marks.slice(1).map((mark, index) => mark - (marks[index] ?? 0));
      expect(sliceSeconds.at(-1)).toBeLessThan(Math.max(...sliceSeconds.slice(0, -1)) * 2);
    } finally {
      await api.stop();
      await database.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);

/** Seconds after which each further quarter of the backlog was done. */
async function drainMarks(database: pg.Pool): Promise<number[]> {
  const startedAt = performance.now();
  const marks: number[] = [0];
  while (marks.length <= SLICES) {
    const { rows } = await database.query<{ left: number }>('select count(*)::int as left from run_queue');
    const done = EVENTS - (rows[0]?.left ?? 0);
    while (marks.length <= SLICES && done >= (EVENTS * marks.length) / SLICES) {
      marks.push((performance.now() - startedAt) / 1_000);
    }
    await sleep(50);
  }
  return marks;
}
