import { setTimeout as sleep } from 'node:timers/promises';
import { createPools } from '@hookloom/persistence';
import { expect, it } from 'vitest';
import { until } from '../support/api-client.js';
import { startScaledProduct, type ScaledProduct } from '../support/scaled-product.js';
import { ledgerOf, liveSchedules, minutesAfter } from '../support/schedules-under-fire.js';

/** The long run of the same test: HOOKLOOM_FAULT_MINUTES=15 HOOKLOOM_FAULT_PAUSE_MS=20000. */
const MINUTES = Number(process.env['HOOKLOOM_FAULT_MINUTES'] ?? 1);
/** Between two workers killed. */
const PAUSE_MS = Number(process.env['HOOKLOOM_FAULT_PAUSE_MS'] ?? 1_000);
const SCHEDULES = 200;
const WORKERS = 3;
/** A run in the hands of a killed worker waits for the end of its lease. */
const SETTLED_WITHIN_MS = 180_000;

/** Kills one worker after the other until told to stop, each at least once. @returns how many */
async function killWorkers(scaled: ScaledProduct, stopped: AbortSignal): Promise<number> {
  let killed = 0;
  while (!stopped.aborted || killed < WORKERS) {
    await scaled.killWorker(killed % WORKERS);
    killed += 1;
    await sleep(PAUSE_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
  return killed;
}

it(
  'a schedule starts exactly one run each time, whichever workers are killed',
  { timeout: MINUTES * 60_000 + 2 * SETTLED_WITHIN_MS },
  async () => {
    await using scaled = await startScaledProduct({ apis: 1, workers: WORKERS });
    const workflows = await liveSchedules(scaled.api, SCHEDULES);
    const times = minutesAfter(Date.now(), MINUTES);
    const pools = createPools(scaled.databaseUrl);
    const over = new AbortController();
    const killing = killWorkers(scaled, over.signal);
    try {
      await sleep((times.at(-1)?.getTime() ?? 0) - Date.now());
      await until('every firing to have its run', SETTLED_WITHIN_MS, async () => {
        const { missed } = await ledgerOf(pools, workflows, times);
        return missed.length === 0 || undefined;
      }).catch(() => undefined); // what is missing is told below, by name
      over.abort();
      const killed = await killing;
      let ledger = await ledgerOf(pools, workflows, times);
      const what = (): string => `all runs to end well: ${JSON.stringify(ledger)}`;
      const ended = await until(what, SETTLED_WITHIN_MS, async () => {
        ledger = await ledgerOf(pools, workflows, times);
        return ledger.succeeded >= SCHEDULES * MINUTES - ledger.missed.length ? ledger : undefined;
      });
      console.info(`${ended.succeeded} runs of ${SCHEDULES} schedules, ${killed} workers killed`);
      expect(ended).toEqual({ missed: [], doubled: [], unexpected: [], succeeded: SCHEDULES * MINUTES });
    } finally {
      over.abort();
      await killing;
      await pools.close();
    }
  },
);
