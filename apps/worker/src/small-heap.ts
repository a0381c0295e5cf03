import { setFlagsFromString } from 'node:v8';

/** How much the heap may grow from one full collection to the next, in percent of what was alive. */
const GROWTH_PERCENT = 50;

/**
 * Keeps the process small while long lists go through it: what is read and stored for a round dies soon, yet left to
 * itself V8 lets the heap grow to a multiple of what is alive before it looks. It reads this at every full collection,
 * so that it may be set while the process runs.
 */
export function keepHeapSmall(): void {
  setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`);
}
