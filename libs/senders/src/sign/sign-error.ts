import type { Reason } from '../check/failure.js';

/** A request cannot be signed with what was given. `code` is one of the reasons of a check. */
export class SignError extends Error {
  constructor(
    readonly code: Reason,
    message: string,
  ) {
    super(message);
    this.name = 'SignError';
  }
}
