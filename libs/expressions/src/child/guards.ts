import jsonata from 'jsonata';
import { canMultiplyLists } from './list-guard.js';

/**
 * The guardrails of JSONata itself, for one expression; `timeout` is set before each run. They stop what is merely
 * endless; what blocks inside one call (a regular expression, a huge text) is stopped by the parent.
 */
export interface Guards {
  timeout: number;
  readonly stack: number;
  readonly sequence?: number;
}

/** Evaluations inside evaluations. */
const MAX_DEPTH = 20_000;
/** Items of one list. */
export const MAX_LIST_ITEMS = 1_000_000;

export function guardsFor(tree: unknown): Guards {
  const guards = { timeout: 0, stack: MAX_DEPTH };
  return canMultiplyLists(tree) ? { ...guards, sequence: MAX_LIST_ITEMS } : guards;
}

const BUILT_IN =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad ' +
  'match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round ' +
  'abs sqrt power random boolean not map zip filter single reduce sift keys lookup append exists spread merge ' +
  'reverse each error assert type sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl ' +
  'decodeUrlComponent decodeUrl eval toMillis fromMillis clone';

/**
 * Makes what all expressions of this child share unchangeable: with `$clone` replaced, a transform would
 * otherwise rewrite a built-in function for every run after it. The prototypes take no new properties.
 */
export async function hardenSharedParts(): Promise<void> {
  for (const name of BUILT_IN.split(' ')) freezeFunction(await jsonata(`$${name}`).evaluate(null));
  for (const shared of [Object, Array, Function, String, Number, Boolean, RegExp, Promise]) {
    Object.preventExtensions(shared.prototype);
  }
}

/** JSONata notes the place of a call on the function itself, so the object stays open for just that. */
function freezeFunction(definition: object): void {
  for (const [key, value] of Object.entries(definition)) {
    if (typeof value === 'object') Object.freeze(value);
    Object.defineProperty(definition, key, { writable: false, configurable: false });
  }
}
