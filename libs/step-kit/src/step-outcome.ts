import type { OnItemError, WaitsFor } from '@hookloom/contracts';
import type { Evaluated } from './evaluated.js';

/** What a step's `run` says: a value, its input passed on, rounds to be done, a wait, an answer, or the end of the run. */
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
  | {
      readonly kind: 'suspend';
      /** Epoch milliseconds; in the past: at once. */
      readonly until: number;
      /** The handle by which it passes its input on when its time is up. */
      readonly onDue: string;
      readonly waitsFor?: WaitsFor;
      /** What a person is asked. */
      readonly detail?: unknown;
    }
  | {
      readonly kind: 'respond';
      readonly status: number;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: unknown;
    }
  | { readonly kind: 'call'; /** A workflow's key. */ readonly workflow: string; readonly input: unknown }
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

/** Waits until then, or until what it waits for comes. No process holds it meanwhile. */
export function suspend(
  until: number,
  onDue: string,
  wait: { readonly waitsFor?: WaitsFor; readonly detail?: unknown } = {},
): StepOutcome {
  return { kind: 'suspend', until, onDue, ...wait };
}

/** Answers the request that started the run, where it is held open; the answer is the step's output. */
export function respond(answer: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}): StepOutcome {
  return { kind: 'respond', ...answer };
}

/** Starts another workflow and waits for its end; what it gives is the step's output. */
export function callWorkflow(workflow: string, input: unknown): StepOutcome {
  return { kind: 'call', workflow, input };
}

/** Ends the run here. */
export function stopRun(status: 'succeeded' | 'failed', message?: string): StepOutcome {
  return message === undefined ? { kind: 'stop', status } : { kind: 'stop', status, message };
}
