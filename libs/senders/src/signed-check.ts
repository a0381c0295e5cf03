import { verify } from 'node:crypto';
import { closedCheck, type Check, type CheckContext } from './check.js';
import { CANONICAL } from './canonical.js';
import {
  decodeStrictly,
  encodedLength,
  encodeBytes,
  equalTexts,
  isEncoded,
  normalizeEncoded,
} from './compare.js';
import { DIGEST_BYTES, hash, hashText, hmac, joinPieces, type Pieces } from './digest.js';
import { failure, type Failure } from './failure.js';
import { decodeKeys, type Key, type KeyType } from './keys.js';
import { placeInWords } from './place.js';
import { placeReader } from './place-reader.js';
import type { RequestReader } from './request.js';
import type { AsymmetricScheme, MacScheme, SignedScheme } from './scheme.js';
import { signatureItems, type SignatureItems } from './signature-items.js';
import { compileTemplate, type SignedTextMaker } from './template.js';
import { checkTimestamp } from './timestamp.js';
import { compileVars } from './vars.js';

/** Says whether one of the candidates is the signature of the pieces under the key. */
type Prover = (pieces: Pieces, key: Key, candidates: readonly string[]) => boolean;

/** Compiles a scheme whose signature stands beside the body: HMAC, plain hash or public key. */
export function compileSigned(scheme: SignedScheme, context: CheckContext): Check {
  const keys = decodeKeys(scheme.key, keyTypeOf(scheme), context);
  if ('reason' in keys) return closedCheck(scheme, keys);
  const readItems = signatureItems(scheme.signature);
  const readVars = compileVars(scheme);
  const makeTexts = signedTexts(scheme);
  const prove = proverOf(scheme);
  const checkAfter = checksAfterwards(scheme);

  return {
    scheme,
    run(request) {
      const items = readItems(request);
      const candidates = wellFormed(scheme, items);
      if ('reason' in candidates) return candidates;
      let problem: Failure | undefined;
      for (const key of keys) {
        const vars = readVars(request, items, key.fields);
        const texts = makeTexts({ request, vars, secret: key.text });
        if ('reason' in texts) problem = timeMissing(scheme, vars) ?? texts;
        else if (texts.some((pieces) => prove(pieces, key, candidates))) return checkAfter(request, vars);
      }
      return problem ?? mismatch(scheme, context);
    },
  };
}

function keyTypeOf(scheme: SignedScheme): KeyType {
  if (scheme.kind !== 'asymmetric') return 'secret';
  if (scheme.algorithm === 'ed25519') return 'ed25519';
  return scheme.algorithm === 'ecdsa-sha256' ? 'ec' : 'rsa';
}

/** The maker of what a scheme signs; shared with signing, so that both can only agree. */
export function signedTexts({ signed }: SignedScheme): SignedTextMaker {
  if ('canonical' in signed) return CANONICAL[signed.canonical];
  const makers = [signed.template].flat().map(compileTemplate);
  return (input) => {
    const texts: Pieces[] = [];
    for (const make of makers) {
      const pieces = make(input);
      if ('reason' in pieces) return pieces;
      texts.push(pieces);
    }
    return texts;
  };
}

function wellFormed(scheme: SignedScheme, items: SignatureItems): readonly string[] | Failure {
  const { encoding } = scheme.signature;
  const where = placeInWords(scheme.signature.in);
  if (!items.present)
    return failure(
      'missing_signature',
      `The request carries no signature (${where}): it was sent by somebody else, or signing is not switched on at the sender.`,
    );
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

function proverOf(scheme: SignedScheme): Prover {
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

/** What is looked at once the signature holds: the age, and a body that is signed by its hash. */
function checksAfterwards(
  scheme: SignedScheme,
): (request: RequestReader, vars: ReadonlyMap<string, string>) => Failure | undefined {
  const { timestamp, bodyHash } = scheme;
  const readHash = bodyHash && placeReader(bodyHash.in);
  return (request, vars) => {
    const { rawBody, receivedAt } = request.request;
    const late = timestamp && checkTimestamp(timestamp, vars.get(timestamp.var), receivedAt);
    if (late || !bodyHash || !readHash) return late;
    const found = normalizeEncoded(readHash(request) ?? '', bodyHash.encoding);
    const expected = normalizeEncoded(
      hashText(bodyHash.algorithm, [rawBody], bodyHash.encoding),
      bodyHash.encoding,
    );
    if (equalTexts(found, expected)) return undefined;
    return failure(
      'body_hash_mismatch',
      `The hash of the body in ${placeInWords(bodyHash.in)} is missing or not the body's: something between changed one of them.`,
    );
  };
}

function timeMissing({ timestamp }: SignedScheme, vars: ReadonlyMap<string, string>): Failure | undefined {
  return timestamp && vars.get(timestamp.var) === undefined
    ? checkTimestamp(timestamp, undefined, 0)
    : undefined;
}

function mismatch(scheme: SignedScheme, { sender }: CheckContext): Failure {
  const needsUrl = coversUrl(scheme);
  const url = needsUrl ? ', that the public URL is the one registered there' : '';
  return failure(
    'signature_mismatch',
    `The signature is not one of the stored secret's: check that the secret is the one ${sender.name} shows for this endpoint${url}, and that nothing between changes the body.`,
  );
}

/** True if the signed text holds the public URL, so that a proxy that changes it breaks the check. */
export function coversUrl({ signed }: SignedScheme): boolean {
  if ('template' in signed)
    return [signed.template].flat().some((template) => /\{(url|path)\}/.test(template));
  return [
    'urlPlusSortedForm',
    'urlPlusSortedFormAll',
    'hubspotV3',
    'contentfulCanonical',
    'plivoV3',
  ].includes(signed.canonical);
}
