import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Cluster } from './postmaster.js';
import { spawnServer, waitUntilReady, type ServerSettings } from './server-process.js';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;

interface Watch {
  log(message: string): void;
  isReady(): Promise<boolean>;
}

export interface RunningServer {
  /** Calls `shutDown` with the restarts off, and ends when no server runs any more. */
  stop(shutDown: () => Promise<void>): Promise<void>;
}

/**
 * Starts the server and starts it again whenever it ends unasked (killed for its memory, crashed): whoever uses it
 * sees a pause, not an end.
 *
 * @throws EmbeddedPostgresError if the first start fails
 */
export async function keepServerRunning(
  cluster: Cluster,
  settings: ServerSettings,
  watch: Watch,
): Promise<RunningServer> {
  const start = async () => {
    const child = await spawnServer(cluster, settings);
    try {
      await waitUntilReady(child, settings, watch.isReady);
    } catch (error) {
      child.kill('SIGINT');
      throw error;
    }
    return child;
  };
  const stopping = new AbortController();
  const watching = restartForever(await start(), { start, log: watch.log, signal: stopping.signal });
  return {
    stop: async (shutDown) => {
      stopping.abort();
      await shutDown();
      const last = await watching;
      if (last && isRunning(last)) await shutDown(); // it was being started again while we stopped it
    },
  };
}

interface Restarts {
  start(): Promise<ChildProcess>;
  log(message: string): void;
  readonly signal: AbortSignal;
}

/** Ends when the signal says so, with the server that was started last. */
async function restartForever(first: ChildProcess, restarts: Restarts): Promise<ChildProcess | undefined> {
  let child: ChildProcess | undefined = first;
  let pauseMs = FIRST_PAUSE_MS;
  while (!restarts.signal.aborted) {
    if (child) await ended(child);
    if (restarts.signal.aborted) break;
    restarts.log('the database server ended unexpectedly; starting it again');
    child = undefined;
    try {
      child = await restarts.start();
      pauseMs = FIRST_PAUSE_MS;
    } catch (error) {
      restarts.log(error instanceof Error ? error.message : String(error));
      await sleep(pauseMs);
      pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    }
  }
  return child;
}

async function ended(child: ChildProcess): Promise<void> {
  if (isRunning(child)) await once(child, 'exit');
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}
