import { Registry } from 'prom-client';
import { expect, it } from 'vitest';
import { addQueueGauges } from './queue-gauges.js';

it('tells what waits, measured once for all gauges', async () => {
  const registry = new Registry();
  let measurements = 0;
  addQueueGauges(registry, async () => {
    measurements += 1;
    return { waiting: 7, running: 2, held: 1, oldestReadyMs: 1_500 };
  });
  const text = await registry.metrics();
  expect(text).toContain('hookloom_queue_runs{state="waiting"} 7');
  expect(text).toContain('hookloom_queue_runs{state="held"} 1');
  expect(text).toContain('hookloom_queue_oldest_ready_seconds 1.5');
  await registry.metrics();
  expect(measurements).toBe(1);
});

it('does not keep the other metrics from being told while the database is away', async () => {
  const registry = new Registry();
  addQueueGauges(registry, () => Promise.reject(new Error('away')));
  await expect(registry.metrics()).resolves.toContain('hookloom_queue_runs');
});

it('does not wait for a database that does not answer', async () => {
  const registry = new Registry();
  addQueueGauges(registry, () => new Promise(() => undefined));
  await expect(registry.metrics()).resolves.toContain('hookloom_queue_runs');
});
