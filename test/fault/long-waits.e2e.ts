import { createPools } from '@hookloom/persistence';
import type { WorkflowDefinition } from '@hookloom/contracts';
import { startHttpReceiver } from '@hookloom/testing/http-receiver';
import { startSmtpServer } from '@hookloom/testing/smtp';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { until } from '../support/api-client.js';
import { startScaledProduct, type ScaledProduct } from '../support/scaled-product.js';

const PATIENCE_MS = 60_000;
const THIRTY_DAYS = 30 * 86_400;

let scaled: ScaledProduct;
beforeAll(async () => {
  scaled = await startScaledProduct({ apis: 1, workers: 1 });
}, 2 * PATIENCE_MS);
afterAll(() => scaled[Symbol.asyncDispose](), PATIENCE_MS);

/** Tells where it waits, waits for a call, and says by which way it went on. */
function aLongWait(receiverUrl: string): WorkflowDefinition {
  const tell = (id: string) => ({
    id,
    type: 'http',
    config: { method: 'POST', url: `${receiverUrl}/${id}` },
  });
  return {
    format: 1,
    steps: [
      { id: 'start', type: 'trigger.manual', config: {} },
      { id: 'address', type: 'transform', config: { expression: 'run.resumeUrls.wait' } },
      { id: 'wait', type: 'wait', config: { kind: 'webhook', timeoutSeconds: THIRTY_DAYS } },
      tell('called'),
      tell('late'),
    ],
    edges: [
      { source: 'start', target: 'address' },
      { source: 'address', target: 'wait' },
      { source: 'wait', sourceHandle: 'done', target: 'called' },
      { source: 'wait', sourceHandle: 'timeout', target: 'late' },
    ],
    settings: {},
  };
}

async function untilRun(id: string, status: string): Promise<void> {
  let seen: unknown;
  await until(
    () => `run ${id} to be ${status}: ${JSON.stringify(seen)}`,
    PATIENCE_MS,
    async () => {
      seen = await scaled.api.run(id).catch((error: unknown) => error);
      return seen instanceof Object && 'status' in seen && seen.status === status ? true : undefined;
    },
  );
}

/** Thirty days go by for one run: it is due now, in the queue and in what its journal says. */
async function letTimePass(databaseUrl: string, runId: string): Promise<void> {
  const pools = createPools(databaseUrl);
  try {
    // First what the run would read as soon as it is due.
    await pools.ui.query(
      `update run_journal set entries = convert_to(regexp_replace(convert_from(entries, 'UTF8'), '"until":[0-9]+',
         '"until":' || (extract(epoch from now()) * 1000)::bigint), 'UTF8') where run_id = $1`,
      [runId],
    );
    const due = await pools.ui.query(
      `update run_queue set available_at = now() where id = $1 and state = 'waiting'
         and available_at between now() + interval '29 days' and now() + interval '31 days'`,
      [runId],
    );
    expect(due.rowCount).toBe(1);
  } finally {
    await pools.close();
  }
}

it(
  'failures of a workflow come as one mail, whose links lead to them',
  { timeout: 4 * PATIENCE_MS },
  async () => {
    const smtp = await startSmtpServer();
    onTestFinished(() => smtp.close());
    const { api, urls } = scaled;
    const { host, port } = smtp;
    const data = { host, port, secure: false, from: 'hookloom@example.com' };
    const { key } = await api.do<{ key: string }>('POST', '/connections', {
      name: 'Ops',
      type: 'smtp',
      data,
    });
    await api.do('PUT', '/alerts/settings', { targets: [{ connection: key, to: 'ops@example.com' }] });
    const { id } = await api.createLive('Stock', {
      format: 1,
      steps: [
        { id: 'start', type: 'trigger.manual', config: {} },
        { id: 'count', type: 'transform', config: { expression: '$error("Out of stock")' } },
      ],
      edges: [{ source: 'start', target: 'count' }],
      settings: {},
    });
    const fail = async (times: number): Promise<void> => {
      for (let at = 0; at < times; at += 1) await api.do('POST', `/workflows/${id}/runs`, {});
    };
    await fail(3);
    const [mail] = await smtp.waitFor(1);
    expect(mail?.recipients).toEqual(['ops@example.com']);
    expect(mail?.message.subject).toMatch(/^“Stock” failed: \d runs?$/);
    const text = mail?.message.text ?? '';
    expect(text).toContain('Out of stock');
    const runId = /\/runs\/([0-9a-f-]{36})/.exec(text)?.[1] ?? '';
    expect(await api.run(runId)).toMatchObject({ workflowId: id, status: 'failed' });
    for (const link of text.match(/http\S+/g) ?? []) {
      const { pathname, search } = new URL(link);
      const page = await fetch(`${urls[0]}${pathname}${search}`);
      expect([page.status, page.headers.get('content-type')]).toEqual([
        200,
        expect.stringContaining('text/html'),
      ]);
    }

    await fail(2);
    await until('all failures to be counted', PATIENCE_MS, async () => {
      const { items } = await api.do<{ items: { count: number }[] }>('GET', '/alerts?open=true');
      return items[0]?.count === 5 || undefined;
    });
    expect(smtp.mails).toHaveLength(1);
  },
);

it(
  'a wait of 30 days goes on once by its own version, whatever is killed, emptied or published meanwhile',
  { timeout: 5 * PATIENCE_MS },
  async () => {
    const receiver = await startHttpReceiver();
    onTestFinished(() => receiver.close());
    const { api, urls } = scaled;
    const { id, revision } = await api.createLive('Patience', aLongWait(receiver.url));
    const begin = () => api.do<{ runId: string }>('POST', `/workflows/${id}/runs`, {});
    const [called, late] = [await begin(), await begin()];
    for (const { runId } of [called, late]) await untilRun(runId, 'waiting');
    const { output } = (await api.run(called.runId)).steps.find(({ stepId }) => stepId === 'address')!;
    const address = `${urls[0]}${new URL(String(output)).pathname}`;

    const changed = aLongWait(`${receiver.url}/newer`);
    await api.do('PUT', `/workflows/${id}`, { name: 'Patience', definition: changed, revision });
    await api.do('POST', `/workflows/${id}/publish`);
    await scaled.killWorker(0);
    await scaled.redis.flush();
    await scaled.restartPostgres();
    await scaled.killApi(0);
    for (const { runId } of [called, late]) await untilRun(runId, 'waiting');
    expect(receiver.requests).toEqual([]);

    const call = () => fetch(address, { method: 'POST' });
    expect((await call()).status).toBe(200);
    // Used; gone as soon as its run is over.
    expect([409, 410]).toContain((await call()).status);
    await letTimePass(scaled.databaseUrl, late.runId);
    for (const { runId } of [called, late]) await untilRun(runId, 'succeeded');
    expect(receiver.requests.map(({ url }) => url).toSorted()).toEqual(['/called', '/late']);
  },
);
