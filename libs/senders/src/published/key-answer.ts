import { createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { failure, type Failure } from '../check/failure.js';
import { valuesAt } from '../request/json-path.js';
import type { KeyRequest } from './key-request.js';

/** A public key as it was published. */
export interface PublishedKeyFound {
  readonly id?: string | undefined;
  readonly pem: string;
  /** Epoch seconds; it proves nothing outside of them. */
  readonly validFrom?: number | undefined;
  readonly validTo?: number | undefined;
}

/** RFC 7517, as far as it is looked at. Plaid adds when a key ends. */
const WebKey = z.looseObject({
  kid: z.string().optional(),
  use: z.string().optional(),
  expired_at: z.number().nullish(),
});
const WebKeySet = z.object({ keys: z.array(z.unknown()).max(100) });

/** Reads the keys out of the text that was fetched; an empty list if it holds none that may be used. */
export function readPublishedKeys({ rule }: KeyRequest, text: string): readonly PublishedKeyFound[] {
  if (rule.kind === 'certificate') return readCertificate(text);
  const document = parseJson(text);
  if (rule.kind === 'key-set') {
    const set = WebKeySet.safeParse(document);
    return set.success ? set.data.keys.flatMap(readWebKey) : [];
  }
  const [found] = valuesAt(document, rule.at);
  return rule.kind === 'by-id' ? readWebKey(found) : readPem(found);
}

/**
 * The keys that may prove a request: of the id that it names, at the time it arrived.
 *
 * @param at epoch seconds
 */
export function usableKeys(
  { keyId, rule }: KeyRequest,
  keys: readonly PublishedKeyFound[],
  at: number,
): readonly string[] | Failure {
  const named = rule.kind === 'key-set' && keyId !== undefined ? keys.filter(({ id }) => id === keyId) : keys;
  if (named.length === 0) {
    return failure('key_refused', 'The sender does not publish the key that this request names.');
  }
  const valid = named.filter(
    ({ validFrom = -Infinity, validTo = Infinity }) => validFrom <= at && at <= validTo,
  );
  return valid.length > 0
    ? valid.map(({ pem }) => pem)
    : failure('key_refused', 'The key or certificate that this request is signed with is out of date.');
}

function readCertificate(text: string): PublishedKeyFound[] {
  try {
    const { publicKey, validFrom, validTo } = new X509Certificate(text);
    const times = { validFrom: Date.parse(validFrom) / 1_000, validTo: Date.parse(validTo) / 1_000 };
    return Number.isFinite(times.validFrom + times.validTo) ? toFound(publicKey, times) : [];
  } catch {
    return [];
  }
}

function readWebKey(value: unknown): PublishedKeyFound[] {
  const parsed = WebKey.safeParse(value);
  if (!parsed.success || (parsed.data.use ?? 'sig') !== 'sig') return [];
  const { kid, expired_at: expiredAt } = parsed.data;
  try {
    const key = createPublicKey({ key: parsed.data, format: 'jwk' });
    return toFound(key, { id: kid, validTo: expiredAt ?? undefined });
  } catch {
    return [];
  }
}

function readPem(value: unknown): PublishedKeyFound[] {
  try {
    return typeof value === 'string' ? toFound(createPublicKey(value), {}) : [];
  } catch {
    return [];
  }
}

function toFound(key: KeyObject, more: Omit<PublishedKeyFound, 'pem'>): PublishedKeyFound[] {
  return isStrong(key) ? [{ ...more, pem: key.export({ type: 'spki', format: 'pem' }).toString() }] : [];
}

/** An RSA key that could be broken, or a curve that no sender uses, proves nothing. */
function isStrong({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean {
  if (asymmetricKeyType === 'rsa') return (asymmetricKeyDetails?.modulusLength ?? 0) >= 2_048;
  if (asymmetricKeyType === 'ec') return asymmetricKeyDetails?.namedCurve === 'prime256v1';
  return asymmetricKeyType === 'ed25519';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
