import type { Failure } from './failure.js';
import type { RequestReader } from '../request/request.js';
import type { Scheme } from '../model/scheme.js';
import type { SecretFields } from '../keys/secret-key.js';
import type { Sender } from '../model/sender.js';
import type { KeyRequest } from '../published/key-request.js';

/** One scheme of one endpoint, its keys decoded. */
export interface Check {
  readonly scheme: Scheme;
  /** Why nothing can be checked with the stored secrets, or `undefined`. */
  readonly notReady?: Failure;
  /** `undefined`: the request is genuine. Never throws. */
  run(request: RequestReader): Failure | undefined;
  /** The published key that must be fetched to judge this request. Absent where the key is at hand. */
  readonly wants?: (request: RequestReader) => KeyRequest | undefined;
}

/** What checks are compiled from. */
export interface CheckContext {
  readonly sender: Sender;
  readonly secrets: readonly SecretFields[];
  /** Keys that the sender publishes and that were fetched, as PEM. */
  readonly publishedKeys?: readonly string[];
}

/** A check that nothing can pass. */
export function closedCheck(scheme: Scheme, notReady: Failure): Check {
  return { scheme, notReady, run: () => notReady };
}
