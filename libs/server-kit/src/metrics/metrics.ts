import { EVENT_STATUSES, FINISHED_RUN_STATUSES } from '@hookloom/contracts';
import { Counter, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What one process counts, as Prometheus reads it. Each process counts its own; sum over processes. */
export interface Metrics {
  readonly registry: Registry;
  /** Requests to trigger URLs by what came of them (`EVENT_STATUSES`). */
  readonly events: Counter<'status'>;
  /** Runs that ended, by status (`FINISHED_RUN_STATUSES`). */
  readonly runs: Counter<'status'>;
  /** From the first byte of a trigger request to its answer, in seconds. */
  readonly acceptSeconds: Histogram;
}

/** A registry of its own for each call, so that tests and several apps in one process do not meet. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const events = new Counter({
    name: 'hookloom_events_total',
    help: 'Requests to trigger URLs by what came of them.',
    labelNames: ['status'] as const,
    registers,
  });
  const runs = new Counter({
    name: 'hookloom_runs_total',
    help: 'Runs that ended, by status.',
    labelNames: ['status'] as const,
    registers,
  });
  for (const status of EVENT_STATUSES) events.inc({ status }, 0);
  for (const status of FINISHED_RUN_STATUSES) runs.inc({ status }, 0);
  return {
    registry,
    events,
    runs,
    acceptSeconds: new Histogram({
      name: 'hookloom_accept_seconds',
      help: 'Time from a trigger request to its answer.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers,
    }),
  };
}
