import { expect, it } from 'vitest';
import { createMetrics } from './metrics.js';
import { countRelayedRuns, tellRunsEnded } from './relayed-runs.js';

/** A parent that passes every message on, as JSON, like a pipe. */
function aParent() {
  const listeners: ((message: unknown) => void)[] = [];
  return {
    send: (message: unknown) => listeners.forEach((hear) => hear(JSON.parse(JSON.stringify(message)))),
    onMessage: (listener: (message: unknown) => void) => {
      listeners.push(listener);
      return () => undefined;
    },
  };
}

it('counts in the api what ended in the worker, each run once', async () => {
  const worker = createMetrics();
  const api = createMetrics();
  const parent = aParent();
  countRelayedRuns(api, parent);
  const stop = tellRunsEnded(worker, parent);
  worker.runs.inc({ status: 'succeeded' }, 3);
  await stop();
  worker.runs.inc({ status: 'succeeded' });
  worker.runs.inc({ status: 'failed' });
  await stop();
  const text = await api.registry.metrics();
  expect(text).toContain('hookloom_runs_total{status="succeeded"} 4');
  expect(text).toContain('hookloom_runs_total{status="failed"} 1');
});

it('hears nothing in other messages', async () => {
  const api = createMetrics();
  const parent = aParent();
  countRelayedRuns(api, parent);
  for (const message of [null, 'x', { bell: null }, { bell: { runsEnded: { succeeded: 'many' } } }])
    parent.send(message);
  expect(await api.registry.metrics()).toContain('hookloom_runs_total{status="succeeded"} 0');
});

it('does nothing without a parent process', async () => {
  await tellRunsEnded(createMetrics(), undefined)();
  countRelayedRuns(createMetrics(), undefined);
});
