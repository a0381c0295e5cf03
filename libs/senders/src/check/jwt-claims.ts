import { equalTexts } from '../keys/compare.js';
import { failure, type Failure } from './failure.js';
import { isObject, toText } from '../request/json-path.js';
import type { RequestReader } from '../request/request.js';
import type { ClaimRule, JwtScheme } from '../model/scheme.js';
import type { SecretFields } from '../keys/secret-key.js';

export type Claims = ReadonlyMap<string, unknown>;

/** The members of a token's header or payload; `undefined` if it is no JSON object. */
export function claimsOf(value: unknown): Claims | undefined {
  return isObject(value) && !Array.isArray(value)
    ? new Map<string, unknown>(Object.entries(value))
    : undefined;
}

/** Checks the times of a token (RFC 7519, 4.1.4 to 4.1.6) and the claims that the scheme names. */
export function checkClaims(
  scheme: JwtScheme,
  claims: Claims,
  request: RequestReader,
  fields: SecretFields,
): Failure | undefined {
  const late = checkTimes(scheme, claims, request.request.receivedAt);
  if (late) return late;
  for (const [name, rule] of Object.entries(scheme.claims ?? {})) {
    if (!claimHolds(rule, claims.get(name), request, fields)) {
      return failure(
        'claim_mismatch',
        `The token's claim ${name} is not what it must be: the token was made for another receiver, or a field of the stored secret is wrong.`,
      );
    }
  }
  return undefined;
}

function checkTimes(scheme: JwtScheme, claims: Claims, receivedAt: number): Failure | undefined {
  const skew = scheme.clockSkewSeconds ?? 0;
  const [expiresAt, notBefore, issuedAt] = ['exp', 'nbf', 'iat'].map((name) => claims.get(name));
  for (const time of [expiresAt, notBefore, issuedAt]) {
    if (time !== undefined && !(typeof time === 'number' && Number.isFinite(time))) {
      return failure('malformed_timestamp', 'A time of the token is no number.');
    }
  }
  const oldest = scheme.maxAgeSeconds === undefined ? undefined : receivedAt - scheme.maxAgeSeconds - skew;
  if (oldest !== undefined && issuedAt === undefined) {
    return failure('missing_timestamp', 'The token does not say when it was made.');
  }
  const isOld = isNumber(issuedAt) && oldest !== undefined && issuedAt < oldest;
  if (isOld || (isNumber(expiresAt) && receivedAt > expiresAt + skew)) {
    return failure(
      'timestamp_too_old',
      'The token is older than it may be: if this is no replay, look for a delay in front of this server or a wrong clock.',
    );
  }
  const startsAt = Math.max(isNumber(notBefore) ? notBefore : 0, isNumber(issuedAt) ? issuedAt : 0);
  return startsAt > receivedAt + Math.max(skew, CLOCK_GRACE_SECONDS)
    ? failure(
        'timestamp_in_future',
        `The token begins in the future: set this server's clock right, or the sender's.`,
      )
    : undefined;
}

/** Two machines kept by NTP differ by about this much; a token that begins now must not be refused for it. */
const CLOCK_GRACE_SECONDS = 5;

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function claimHolds(rule: ClaimRule, value: unknown, request: RequestReader, fields: SecretFields): boolean {
  if ('oneOf' in rule) return rule.oneOf.some((text) => isOrHolds(value, text));
  if ('isTrue' in rule) return value === true || value === 'true';
  if ('url' in rule) return isOrHolds(value, request.request.url);
  const expected = fields.get(rule.field);
  return expected === undefined ? rule.optional === true : isOrHolds(value, expected);
}

/** `aud` may be one text or a list of them. */
function isOrHolds(value: unknown, expected: string): boolean {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.some((one) => equalTexts(toText(one) ?? '', expected));
}
