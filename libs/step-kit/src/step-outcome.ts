import type { OnItemError } from '@hookloom/contracts';
import type { Evaluated } from './evaluated.js';

/** What a step's `run` says: a value, its input passed on, rounds to be done, or the end of the run. */
export type StepOutcome =
  | {
      readonly kind: 'output';
      /** A plain JSON value, or an evaluated expression whose text is kept as it is. */
      readonly output: unknown;
      readonly handle: string;
      readonly detail?: unknown;
    }
  | { readonly kind: 'pass'; /** null: nothing follows. */ readonly handle: string | null }
  | {
      readonly kind: 'loop';
      /** The items, evaluated as a list. */
      readonly items: Evaluated;
      readonly concurrency: number;
      readonly onItemError: OnItemError;
    }
  | { readonly kind: 'stop'; readonly status: 'succeeded' | 'failed'; readonly message?: string };

/** The step's result, leaving by `handle`. `detail`: what was sent and answered, redacted. */
export function output(
  value: unknown | Evaluated,
  options: { handle?: string; detail?: unknown } = {},
): StepOutcome {
  return { kind: 'output', output: value, handle: options.handle ?? 'out', detail: options.detail };
}

/** The step's input is its output; with null nothing that follows is done. */
export function passOn(handle: string | null): StepOutcome {
  return { kind: 'pass', handle };
}

/** Has the steps behind the handle `each` done for every item. */
export function loopOver(
  items: Evaluated,
  how: { readonly concurrency: number; readonly onItemError: OnItemError },
): StepOutcome {
  return { kind: 'loop', items, ...how };
}

/** Ends the run here. */
export function stopRun(status: 'succeeded' | 'failed', message?: string): StepOutcome {
  return message === undefined ? { kind: 'stop', status } : { kind: 'stop', status, message };
}
