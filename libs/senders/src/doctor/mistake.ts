import type { SecretFields } from '../keys/secret-key.js';
import type { Scheme } from '../model/scheme.js';
import type { SignedRequest } from '../request/request.js';
import type { Sender } from '../model/sender.js';

/** What a check was made of when it failed. */
export interface FailedCheck {
  readonly sender: Sender;
  readonly scheme: Scheme;
  readonly secrets: readonly SecretFields[];
  readonly request: SignedRequest;
}

/** One thing that may have gone wrong: the check as it would be had nobody made the mistake, and what mends it. */
export interface Mistake extends FailedCheck {
  /** For a person. Never holds a secret or a signature. */
  readonly fix: string;
}

/** The mistakes of one kind that are worth a try, likely ones first. Lazy: most are never made. */
export type Mistakes = Iterable<Mistake>;
