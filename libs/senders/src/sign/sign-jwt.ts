import { sign as signBytes } from 'node:crypto';
import { hashText, hmac } from '../keys/digest.js';
import { encodeJwtPart } from '../request/jwt-parts.js';
import type { RequestDraft } from './request-draft.js';
import { requestLineHash } from '../check/request-line.js';
import type { ClaimRule, JwtScheme } from '../model/scheme.js';
import { keyText, sharedKey, type SecretFields } from '../keys/secret-key.js';
import type { Sender } from '../model/sender.js';
import { SignError } from './sign-error.js';
import { privateKey } from './sign-signed.js';

/** How long a token that we make holds. */
const LIFETIME_SECONDS = 300;

/** Makes the token that a sender would send with the request as it stands. */
export function signJwt(
  draft: RequestDraft,
  scheme: JwtScheme,
  sender: Sender,
  fields: SecretFields,
): string {
  const [algorithm = 'HS256'] = scheme.algorithms;
  const keyId = fields.get('keyId');
  const header = { typ: 'JWT', alg: algorithm, ...(keyId !== undefined && { kid: keyId }) };
  const text = `${encodeJwtPart(header)}.${encodeJwtPart(claimsFor(draft, scheme, fields))}`;
  if (algorithm === 'RS256') {
    return `${text}.${signBytes('sha256', Buffer.from(text), privateKey(sender, fields)).toString('base64url')}`;
  }
  if (algorithm === 'ES256') {
    const key = { key: privateKey(sender, fields), dsaEncoding: 'ieee-p1363' as const };
    return `${text}.${signBytes('sha256', Buffer.from(text), key).toString('base64url')}`;
  }
  const key = sharedKey(scheme.key, keyText(scheme.key, sender, fields) ?? '');
  if ('reason' in key) throw new SignError(key.reason, key.hint);
  const digest = ({ HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' } as const)[algorithm];
  return `${text}.${hmac(digest, key, [text]).toString('base64url')}`;
}

function claimsFor(draft: RequestDraft, scheme: JwtScheme, fields: SecretFields): Record<string, unknown> {
  const request = draft.read();
  const { rawBody, url } = request.request;
  const now = Math.floor(draft.at);
  const claims: Record<string, unknown> = {
    iat: now,
    nbf: now,
    exp: now + LIFETIME_SECONDS,
    jti: `jwt_${hashText('sha256', [String(now), rawBody], 'hex').slice(0, 27)}`,
  };
  for (const [name, rule] of Object.entries(scheme.claims ?? {})) {
    const value = claimValue(rule, url, fields);
    if (value !== undefined) claims[name] = value;
  }
  for (const { of, claim, algorithm, encoding } of scheme.hashClaims ?? []) {
    claims[claim] =
      of === 'request'
        ? requestLineHash(request)
        : hashText(algorithm, [of === 'url' ? url : rawBody], encoding);
  }
  return claims;
}

function claimValue(rule: ClaimRule, url: string, fields: SecretFields): unknown {
  if ('oneOf' in rule) return rule.oneOf[0];
  if ('isTrue' in rule) return true;
  return 'url' in rule ? url : fields.get(rule.field);
}
