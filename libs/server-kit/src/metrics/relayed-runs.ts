import { FINISHED_RUN_STATUSES, type FinishedRunStatus } from '@hookloom/contracts';
import type { Metrics } from './metrics.js';

/**
 * Under `npm start` only the api serves `/metrics`, and runs end in the worker. The worker tells the api how many
 * ended since it last told, in a message that their parent passes on: `{bell: {runsEnded: {…}}}`.
 */
type Ended = Partial<Record<FinishedRunStatus, number>>;

/** The parent process, which passes what it hears to its other children; `undefined` without one. */
type Parent =
  | {
      send(message: unknown): void;
      onMessage(listener: (message: unknown) => void): () => void;
    }
  | undefined;

const EVERY_MS = 500;

/** Worker's side. Does nothing without a parent process. @returns how to stop, after a last message */
export function tellRunsEnded(metrics: Pick<Metrics, 'runs'>, parent: Parent): () => Promise<void> {
  if (!parent) return async () => undefined;
  const told = new Map<FinishedRunStatus, number>();
  const tell = async (): Promise<void> => {
    const ended: Ended = {};
    for (const { labels, value } of (await metrics.runs.get()).values) {
      const status = FINISHED_RUN_STATUSES.find((known) => known === labels.status);
      if (status === undefined) continue;
      const more = value - (told.get(status) ?? 0);
      if (more > 0) ended[status] = more;
      told.set(status, value);
    }
    if (Object.keys(ended).length > 0) parent.send({ bell: { runsEnded: ended } });
  };
  const timer = setInterval(() => void tell(), EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await tell();
  };
}

/** Api's side: counts what workers beside it tell. */
export function countRelayedRuns(metrics: Pick<Metrics, 'runs'>, parent: Parent): void {
  parent?.onMessage((message) => {
    const ended = endedIn(message);
    for (const status of FINISHED_RUN_STATUSES) {
      const count: unknown = Reflect.get(ended, status);
      if (typeof count === 'number' && count > 0) metrics.runs.inc({ status }, count);
    }
  });
}

function endedIn(message: unknown): object {
  const bell = fieldOf(message, 'bell');
  const ended = fieldOf(bell, 'runsEnded');
  return typeof ended === 'object' && ended !== null ? ended : {};
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
