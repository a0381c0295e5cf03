import { StepError } from '@hookloom/step-kit';

/** Another worker owns the run now: everything not yet written is thrown away. */
export class RunLost extends Error {
  readonly code = 'run_lost';
}

/** Something of ours was away before the step could act: the run is put back and tried again, nothing charged. */
export class RunPostponed extends Error {
  readonly code = 'run_postponed';
}

/** A step's own errors pass; anything else means that a part of ours was away. */
export async function ours<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (error) {
    if (error instanceof StepError || error instanceof RunPostponed) throw error;
    throw new RunPostponed('A part of Hookloom was away.', { cause: error });
  }
}

/**
 * The database may be away for a while: tries again until it is back or the run is lost to us.
 *
 * @throws RunLost
 */
export async function untilDone<T>(write: () => Promise<T>, lost: AbortSignal): Promise<T> {
  for (let delayMs = 100; ; delayMs = Math.min(2_000, delayMs * 2)) {
    try {
      return await write();
    } catch (error) {
      if (lost.aborted) throw new RunLost('The lease ended while the database was away.', { cause: error });
      await pause(delayMs, lost);
    }
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
