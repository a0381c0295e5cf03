import { setTimeout as sleep } from 'node:timers/promises';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectNothingLost, liveFaultWorkflow } from '../support/fault-workflow.js';
import { descendants } from '../support/process-tree.js';
import { startProduct, type Product } from '../support/product.js';
import { startScaledProduct } from '../support/scaled-product.js';
import { SteadySender } from '../support/steady-sender.js';

/** Between two faults. The long run of the same tests: HOOKLOOM_FAULT_PAUSE_MS=20000 HOOKLOOM_FAULT_ROUNDS=10. */
const PAUSE_MS = Number(process.env['HOOKLOOM_FAULT_PAUSE_MS'] ?? 1_500);
const ROUNDS = Number(process.env['HOOKLOOM_FAULT_ROUNDS'] ?? 1);

function killAll(of: Product, command: RegExp): void {
  const pid = of.process.pid;
  const found = pid === undefined ? [] : descendants(pid, command);
  expect(found.length).toBeGreaterThan(0);
  for (const one of found) process.kill(one, 'SIGKILL');
}

describe('what was answered 200 is never lost', () => {
  let receiver: HttpReceiver;
  beforeEach(async () => {
    receiver = await startHttpReceiver();
  });
  afterEach(async () => {
    await receiver.close();
  });

  it('alone: api, worker and Postgres are killed in mid-load', { timeout: 1_200_000 }, async () => {
    await using product = await startProduct();
    const endpoint = await liveFaultWorkflow(product.api, receiver);
    const sender = new SteadySender([endpoint.url], 100);
    sender.start();
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const victim of [
        /apps\/api\/dist/,
        /apps\/worker\/dist/,
        /bin\/postgres/,
        /apps\/(api|worker)\/dist/,
      ]) {
        await sleep(PAUSE_MS);
        killAll(product, victim);
      }
    }
    await sleep(PAUSE_MS);
    await sender.finish();
    await expectNothingLost(product.api, receiver, sender);
    expect(sender.acknowledged.size).toBeGreaterThan(100);
  });

  it(
    '2 api and 3 workers on Postgres and Redis: processes killed, Postgres restarted, Redis flushed and restarted empty',
    { timeout: 1_200_000 },
    async () => {
      await using scaled = await startScaledProduct({ apis: 2, workers: 3 });
      const endpoint = await liveFaultWorkflow(scaled.api, receiver);
      const path = new URL(endpoint.url).pathname;
      const sender = new SteadySender(
        scaled.urls.map((url) => `${url}${path}`),
        100,
      );
      sender.start();
      for (let round = 0; round < ROUNDS; round += 1) {
        const faults = [
          () => scaled.redis.flush(),
          () => scaled.killWorker(0),
          () => scaled.killApi(0),
          () => scaled.redis.kill().then(() => scaled.redis.start()),
          () => scaled.restartPostgres(),
          () => scaled.killWorker(1),
        ];
        for (const fault of faults) {
          await sleep(PAUSE_MS);
          await fault();
        }
      }
      await sleep(PAUSE_MS);
      await sender.finish();
      await expectNothingLost(scaled.api, receiver, sender);
      expect(sender.acknowledged.size).toBeGreaterThan(100);
    },
  );
});
