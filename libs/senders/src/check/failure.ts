/**
 * Why a request was not found genuine, nearest to genuine first: of several schemes and secrets the nearest
 * miss is the one worth telling. The codes are stable; scripts and the inbox's filters rely on them.
 */
export const REASONS = [
  'timestamp_too_old',
  'timestamp_in_future',
  'body_hash_mismatch',
  'claim_mismatch',
  'signature_mismatch',
  'token_mismatch',
  'key_refused',
  'algorithm_not_allowed',
  'malformed_timestamp',
  'missing_timestamp',
  'unsigned_content',
  'missing_input',
  'malformed_signature',
  'missing_signature',
  'malformed_key',
  'malformed_rule',
  'unknown_scheme',
  'unknown_sender',
  'key_not_fetched',
  'no_key',
  'sample_unsigned',
  'bad_challenge',
  'challenge_mismatch',
  'secret_already_stored',
] as const;
export type Reason = (typeof REASONS)[number];

/** A reason and a sentence that says what to do. Never holds the secret or the right signature. */
export interface Failure {
  readonly reason: Reason;
  readonly hint: string;
}

export function failure(reason: Reason, hint: string): Failure {
  return { reason, hint };
}

/** Nothing of this scheme's signature came with the request, so it says nothing about the request. */
export function isAbsence({ reason }: Failure): boolean {
  return reason === 'missing_signature' || reason === 'missing_timestamp' || reason === 'missing_input';
}

export function nearestToGenuine(failures: readonly Failure[]): Failure | undefined {
  const rank = ({ reason }: Failure): number => REASONS.indexOf(reason);
  return failures.toSorted((one, other) => rank(one) - rank(other))[0];
}
