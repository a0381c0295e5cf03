import { verify } from 'node:crypto';
import { checkWithoutKey } from '../published/awaiting-key.js';
import type { Check, CheckContext } from './check.js';
import { decodeStrictly, equalTexts, normalizeEncoded } from '../keys/compare.js';
import { hashText, hmac } from '../keys/digest.js';
import { failure, type Failure } from './failure.js';
import { toText } from '../request/json-path.js';
import { checkClaims, claimsOf, type Claims } from './jwt-claims.js';
import { decodeJwtPart } from '../request/jwt-parts.js';
import { decodeKeys, type Key, type KeyType } from '../keys/decode-keys.js';
import { placeInWords } from '../model/place.js';
import { tokenReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { JwtAlgorithm, type JwtScheme } from '../model/scheme.js';
import { requestLineHash } from './request-line.js';

const FAMILY: Record<JwtAlgorithm, KeyType> = {
  HS256: 'secret',
  HS384: 'secret',
  HS512: 'secret',
  RS256: 'rsa',
  ES256: 'ec',
};

/** Compiles a scheme whose proof is a JSON web token (RFC 7519, signed as in RFC 7515). */
export function compileJwt(scheme: JwtScheme, context: CheckContext): Check {
  const [first] = scheme.algorithms;
  const keys = decodeKeys(scheme.key, first ? FAMILY[first] : 'secret', context);
  const read = tokenParser(scheme);
  if ('reason' in keys) return checkWithoutKey(scheme, context, keys, read);
  return {
    scheme,
    run(request) {
      const parsed = read(request);
      if ('reason' in parsed) return parsed;
      let problem: Failure | undefined;
      for (const key of keys) {
        if (!isSignedBy(parsed, key)) continue;
        problem =
          checkClaims(scheme, parsed.claims, request, key.fields) ??
          checkHashes(scheme, parsed.claims, request);
        if (!problem) return undefined;
      }
      return problem ?? notSigned(context);
    },
  };
}

function notSigned({ sender }: CheckContext): Failure {
  return failure(
    'signature_mismatch',
    `The token is not signed with the stored secret: check that it is the one ${sender.name} shows for this endpoint.`,
  );
}

interface ParsedToken {
  readonly signedPart: string;
  readonly signature: string;
  readonly algorithm: JwtAlgorithm;
  /** `kid`: which of its keys the sender signed with. */
  readonly keyId: string | undefined;
  readonly claims: Claims;
}

/** Prepares the reading of a request's token, whose algorithm must be one of the scheme's. */
function tokenParser(scheme: JwtScheme): (request: RequestReader) => ParsedToken | Failure {
  const readToken = tokenReader(scheme.token);
  return (request) => {
    const token = readToken(request);
    if (token !== undefined) return parseToken(token, scheme);
    return failure(
      'missing_signature',
      `The request carries no token (${placeInWords(scheme.token.in)}): it was sent by somebody else, or signing is not switched on at the sender.`,
    );
  };
}

function parseToken(token: string, scheme: JwtScheme): ParsedToken | Failure {
  const [header = '', payload = '', signature = '', ...more] = token.split('.');
  const named = claimsOf(decodeJwtPart(header));
  const algorithm = named?.get('alg');
  const claims = claimsOf(decodeJwtPart(payload));
  if (!claims || algorithm === undefined || more.length > 0) {
    return failure(
      'malformed_signature',
      `What stands in ${placeInWords(scheme.token.in)} is no signed JSON web token: check that the right sender and scheme are chosen.`,
    );
  }
  const known = JwtAlgorithm.safeParse(algorithm);
  if (!known.success || !scheme.algorithms.includes(known.data)) {
    return failure(
      'algorithm_not_allowed',
      `The token is signed in a way that this sender never uses; ${scheme.algorithms.join(', ')} would be right.`,
    );
  }
  const keyId = toText(named?.get('kid'));
  return { signedPart: `${header}.${payload}`, signature, algorithm: known.data, keyId, claims };
}

function isSignedBy({ signedPart, signature, algorithm }: ParsedToken, { object }: Key): boolean {
  const given = normalizeEncoded(signature, 'base64url');
  if (algorithm === 'HS256') {
    return equalTexts(given, hmac('sha256', object, [signedPart]).toString('base64url'));
  }
  if (algorithm === 'HS384') {
    return equalTexts(given, hmac('sha384', object, [signedPart]).toString('base64url'));
  }
  if (algorithm === 'HS512') {
    return equalTexts(given, hmac('sha512', object, [signedPart]).toString('base64url'));
  }
  const bytes = decodeStrictly(given, 'base64url');
  if (!bytes) return false;
  const key = algorithm === 'ES256' ? { key: object, dsaEncoding: 'ieee-p1363' as const } : object;
  return verify('sha256', Buffer.from(signedPart, 'utf8'), key, bytes);
}

/** Claims that bind body, URL or request line. Without one a token would vouch for any body. */
function checkHashes(scheme: JwtScheme, claims: Claims, request: RequestReader): Failure | undefined {
  for (const { of, claim, algorithm, encoding } of scheme.hashClaims ?? []) {
    const given = toText(claims.get(claim));
    if (given === undefined && of === 'body' && request.request.rawBody.length === 0) continue;
    const expected =
      of === 'request'
        ? requestLineHash(request)
        : hashText(algorithm, [of === 'url' ? request.request.url : request.request.rawBody], encoding);
    if (!equalTexts(normalizeEncoded(given ?? '', encoding), normalizeEncoded(expected, encoding))) {
      return failure(
        'body_hash_mismatch',
        `The token's claim ${claim} does not fit the ${of} of this request: something between changed it${of === 'body' ? '' : ', or the public URL is not the one registered'}.`,
      );
    }
  }
  return undefined;
}
