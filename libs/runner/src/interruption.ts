import type { RunError } from '@hookloom/contracts';
import { RunLost } from './run-faults.js';
import type { Execution } from './run-execution.js';

/** Node fires timers over this at once; no worker holds a run for so long (24 days). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** How those who own a run's lease steer it. */
export interface RunControl {
  /** Aborts when the lease is gone: nothing may be written any more. */
  readonly lost: AbortSignal;
  /** Aborts when a person cancels the run. */
  readonly cancelled: AbortSignal;
  /** Aborts when the worker drains: running steps finish, then the run is handed back. */
  readonly draining: AbortSignal;
  /** Aborts when a worker that drains cannot wait any longer: running steps are stopped, to be done again. */
  readonly hurry: AbortSignal;
}

/** What ends a run from outside, while it is carried on. */
export interface Interruption {
  /** Journals that it was cancelled or that its time is up. @throws RunLost */
  check(): void;
  /** The run is left: nothing is watched any more. */
  end(): void;
}

/** Ends the run's steps when a person cancels, its time is up or the lease is gone. */
export function watch(execution: Execution, control: RunControl): Interruption {
  const { deps, journal, stop, deadline, run } = execution;
  const leftMs = deadline - deps.now();
  let isTimeUp = leftMs <= 0;
  const interrupt = (): void => stop.abort();
  const endTime = (): void => {
    isTimeUp = true;
    interrupt();
  };
  const timer = leftMs < LONGEST_TIMER_MS ? setTimeout(endTime, Math.max(0, leftMs)).unref() : undefined;
  control.lost.addEventListener('abort', interrupt);
  control.cancelled.addEventListener('abort', interrupt);
  control.hurry.addEventListener('abort', interrupt);
  if (run.cancelRequested) interrupt();
  return {
    check() {
      if (control.lost.aborted) throw new RunLost();
      if (journal.state.end) return;
      if (control.cancelled.aborted || run.cancelRequested)
        journal.add({ kind: 'cancelled', at: deps.now() });
      else if (isTimeUp || deps.now() >= deadline)
        journal.add({ kind: 'timedOut', at: deps.now(), error: runTimedOut() });
    },
    end() {
      clearTimeout(timer);
      control.lost.removeEventListener('abort', interrupt);
      control.cancelled.removeEventListener('abort', interrupt);
      control.hurry.removeEventListener('abort', interrupt);
    },
  };
}

function runTimedOut(): RunError {
  const message =
    'The run took longer than its workflow allows. Raise the time limit in the workflow settings, or look at which step was slow.';
  return { code: 'run_timeout', message };
}
