import type { Check } from './check/check.js';
import type { EventFactsReader } from './event-facts.js';
import type { Failure } from './check/failure.js';
import type { HandshakeResponder } from './handshake/handshake-answer.js';
import type { SenderPolicy } from './policy.js';
import type { Sender } from './model/sender.js';

/** A policy made ready: keys decoded, places and templates compiled. Keep it as long as the endpoint is unchanged. */
export interface CompiledPolicy {
  /** What it was made from. */
  readonly given: SenderPolicy;
  readonly sender: Sender;
  /** Those that can be run, legacy ones last. */
  readonly checks: readonly Check[];
  /** Why none can be run, where the sender offers some. */
  readonly notReady?: Failure;
  readonly hasSecret: boolean;
  /** Some of the checks wait for a key that the sender publishes. */
  readonly awaitsKey: boolean;
  readonly readFacts: EventFactsReader;
  readonly handshakes: HandshakeResponder;
}
