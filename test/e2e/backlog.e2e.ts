import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@hookloom/embedded-postgres';
import pg from 'pg';
import { expect, it } from 'vitest';
import { load } from '../load/processes.mjs';
import { startProduct, type Product } from '../support/product.js';

const EVENTS = 50_000;
const SECRET = 'a secret of this test alone';
const SLICES = 4;
/**
 * Quarters took 10 to 80, the first the most. A plan that was cached while the tables were empty reads the whole queue for
 * every claim of a hundred, which is some four hundred for each run.
 */
const READS_PER_RUN = 200;

/** What came of the queue until a moment: runs that are over, and its entries that were read. */
interface Mark {
  readonly done: number;
  readonly reads: number;
}

it(
  'a worker that saw empty tables first works off 50,000 events, the last ones with no more work than the first',
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
      const slices = slicesOf(await marksUntilDone(database));
      await second.stop();
      expect(slices).toHaveLength(SLICES);
      expect(Math.max(...slices)).toBeLessThan(READS_PER_RUN);
      expect(slices.at(-1)).toBeLessThan(2 * (slices[0] ?? 0));
    } finally {
      await api.stop();
      await database.end();
      await postgres.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);

/** A look at each moment that a connection tells what it read, until nothing is left. */
async function marksUntilDone(database: pg.Pool): Promise<Mark[]> {
  const marks: Mark[] = [await look(database)];
  for (let mark = marks[0]; mark && mark.done < EVENTS; mark = await look(database)) {
    if (mark.done > (marks.at(-1)?.done ?? 0)) marks.push(mark);
  }
  return [...marks, await look(database)];
}

/** As the connections told the database; a run's row goes when the run is over. */
async function look(database: pg.Pool): Promise<Mark> {
  const { rows } = await database.query<Mark>(
    `select t.n_tup_del::int as done, (coalesce(t.seq_tup_read, 0) + coalesce(sum(i.idx_tup_read), 0))::float8 as reads
     from pg_stat_user_tables t join pg_stat_user_indexes i using (relid)
     where t.relname = 'run_queue' group by t.relid, t.n_tup_del, t.seq_tup_read`,
  );
  return rows[0] ?? { done: 0, reads: 0 };
}

/** Entries read for each run, in each quarter of the backlog. */
function slicesOf(marks: readonly Mark[]): number[] {
  const ends = Array.from({ length: SLICES + 1 }, (_none, at) =>
    marks.find(({ done }) => done >= (EVENTS * at) / SLICES),
  );
  return ends.slice(1).flatMap((end, at) => {
    const begin = ends[at];
    return begin && end ? [(end.reads - begin.reads) / (end.done - begin.done)] : [];
  });
}
