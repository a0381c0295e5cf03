import type { HmacRule } from '@hookloom/contracts';
import type { Check } from './check/check.js';
import type { EventFactsReader } from './event-facts.js';
import type { Failure } from './check/failure.js';
import type { HandshakeResponder } from './handshake/handshake-answer.js';
import type { SecretValue } from './keys/secret-key.js';
import type { Sender } from './model/sender.js';

/** What an endpoint says about its sender. */
export interface SenderPolicy {
  /** An id of the catalogue, `any`, or `hmac` with `verify`. */
  readonly sender: string;
  /** Only this scheme of the sender; all of them without it. */
  readonly scheme?: string | undefined;
  readonly verify?: HmacRule | undefined;
  /** Any one of them proves a request; none set is an empty list. */
  readonly secrets: readonly SecretValue[];
}

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
