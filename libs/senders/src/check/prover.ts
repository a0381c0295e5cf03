import { verify } from 'node:crypto';
import {
  decodeStrictly,
  encodeBytes,
  encodedLength,
  equalTexts,
  isEncoded,
  normalizeEncoded,
} from '../keys/compare.js';
import type { Key, KeyType } from '../keys/decode-keys.js';
import { DIGEST_BYTES, hash, hmac, joinPieces, type Pieces } from '../keys/digest.js';
import { placeInWords } from '../model/place.js';
import type { AsymmetricScheme, MacScheme, SignedScheme } from '../model/scheme.js';
import { failure, type Failure } from './failure.js';
import type { SignatureItems } from './signature-items.js';

/** Says whether one of the candidates is the signature of the pieces under the key. */
export type Prover = (pieces: Pieces, key: Key, candidates: readonly string[]) => boolean;

/** The kind of key that a scheme needs. */
export function keyTypeOf(scheme: SignedScheme): KeyType {
  if (scheme.kind !== 'asymmetric') return 'secret';
  if (scheme.algorithm === 'ed25519') return 'ed25519';
  return scheme.algorithm === 'ecdsa-sha256' ? 'ec' : 'rsa';
}

/** The candidates that have the shape of a signature, in one spelling; all others cost nothing more. */
export function wellFormed(scheme: SignedScheme, items: SignatureItems): readonly string[] | Failure {
  const { encoding } = scheme.signature;
  const where = placeInWords(scheme.signature.in);
  if (!items.present) {
    return failure(
      'missing_signature',
      `The request carries no signature (${where}): it was sent by somebody else, or signing is not switched on at the sender.`,
    );
  }
  const fits = scheme.kind === 'asymmetric' ? isDecodable(scheme) : hasLength(scheme);
  const candidates = items.candidates.map((text) => normalizeEncoded(text.trim(), encoding)).filter(fits);
  if (candidates.length > 0) return candidates;
  const { prefix } = scheme.signature;
  const shape = `${encoding} of ${scheme.algorithm}${prefix === undefined ? '' : ` after "${prefix}"`}`;
  return failure(
    'malformed_signature',
    `What stands in ${where} is no ${shape}: check that the right sender and scheme are chosen.`,
  );
}

function hasLength({ algorithm, signature }: MacScheme): (text: string) => boolean {
  const length = encodedLength(DIGEST_BYTES[algorithm], signature.encoding);
  return (text) => text.length === length && isEncoded(text, signature.encoding);
}

function isDecodable({ algorithm, signature }: AsymmetricScheme): (text: string) => boolean {
  return (text) => {
    const bytes = decodeStrictly(text, signature.encoding);
    return bytes !== undefined && (algorithm !== 'ed25519' || bytes.length === 64);
  };
}

/** Prepares the comparing: one digest a key and text, or one public-key operation a candidate. */
export function proverOf(scheme: SignedScheme): Prover {
  const { encoding } = scheme.signature;
  if (scheme.kind === 'asymmetric') {
    const digest = digestOf(scheme);
    return (pieces, { object }, candidates) => {
      const text = joinPieces(pieces);
      return candidates.some((candidate) => verify(digest, text, object, Buffer.from(candidate, encoding)));
    };
  }
  const { algorithm } = scheme;
  const digest = scheme.kind === 'hmac' ? hmacWith(algorithm) : (pieces: Pieces) => hash(algorithm, pieces);
  return (pieces, key, candidates) => {
    const expected = encodeBytes(digest(pieces, key), encoding);
    return candidates.some((candidate) => equalTexts(candidate, expected));
  };
}

function hmacWith(algorithm: MacScheme['algorithm']): (pieces: Pieces, key: Key) => Buffer {
  return (pieces, key) => hmac(algorithm, key.object, pieces);
}

/** The digest to name to `sign` and `verify`; Ed25519 brings its own. */
export function digestOf({ algorithm }: AsymmetricScheme): string | null {
  if (algorithm === 'ed25519') return null;
  return algorithm === 'rsa-sha1' ? 'sha1' : 'sha256';
}
