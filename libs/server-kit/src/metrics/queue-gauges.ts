import { setTimeout as sleep } from 'node:timers/promises';
import type { QueueHealth } from '@hookloom/persistence';
import { Gauge, type Registry } from 'prom-client';

/** Measuring reads the whole queue, so whoever asks more often is told the last answer. */
const MEASURED_FOR_MS = 5_000;
/** Metrics are looked at when the database is in trouble, so they do not wait for it. */
const PATIENCE_MS = 1_000;

/**
 * Adds what waits in the queue, measured when somebody asks. All processes look at the same queue: take one of them,
 * not their sum. While the database is away the last answer stays.
 */
export function addQueueGauges(registry: Registry, measure: () => Promise<QueueHealth>): void {
  const registers = [registry];
  const runs = new Gauge({
    name: 'hookloom_queue_runs',
    help: 'Unfinished runs: waiting (queued or asleep), running, held by a paused workflow.',
    labelNames: ['state'] as const,
    registers,
    collect: () => look(),
  });
  const oldest = new Gauge({
    name: 'hookloom_queue_oldest_ready_seconds',
    help: 'How long the run that is due for longest has been due.',
    registers,
    collect: () => look(),
  });
  let measured: { readonly at: number; readonly done: Promise<void> } | undefined;
  const look = (): Promise<void> => {
    if (measured === undefined || performance.now() - measured.at > MEASURED_FOR_MS) {
      const late = sleep(PATIENCE_MS, undefined, { ref: false });
      measured = { at: performance.now(), done: Promise.race([set().catch(() => undefined), late]) };
    }
    return measured.done;
  };
  const set = async (): Promise<void> => {
    const { waiting, running, held, oldestReadyMs } = await measure();
    runs.set({ state: 'waiting' }, waiting);
    runs.set({ state: 'running' }, running);
    runs.set({ state: 'held' }, held);
    oldest.set(oldestReadyMs / 1_000);
  };
}
