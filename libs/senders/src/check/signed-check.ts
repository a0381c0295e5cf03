import { equalTexts, normalizeEncoded } from '../keys/compare.js';
import { decodeKeys } from '../keys/decode-keys.js';
import { hashText, type Pieces } from '../keys/digest.js';
import { placeInWords } from '../model/place.js';
import type { SignedScheme } from '../model/scheme.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { CANONICAL } from './canonical.js';
import { checkWithoutKey } from '../published/awaiting-key.js';
import { boundCheck } from './bound-check.js';
import type { Check, CheckContext } from './check.js';
import { failure, type Failure } from './failure.js';
import { keyTypeOf, proverOf, wellFormed } from './prover.js';
import { signatureItems, type SignatureItems } from './signature-items.js';
import { compileTemplate, type SignedTextMaker } from './template.js';
import { checkTimestamp } from './timestamp.js';
import { compileVars } from './vars.js';

/** Compiles a scheme whose signature stands beside the body: HMAC, plain hash or public key. */
export function compileSigned(scheme: SignedScheme, context: CheckContext): Check {
  const keys = decodeKeys(scheme.key, keyTypeOf(scheme), context);
  const readItems = signatureItems(scheme.signature);
  if ('reason' in keys)
    return checkWithoutKey(scheme, context, keys, (request) => isSigned(scheme, readItems(request)));
  const readVars = compileVars(scheme);
  const makeTexts = signedTexts(scheme);
  const prove = proverOf(scheme);
  const checkAfter = checksAfterwards(scheme);
  const checkBound = boundCheck(scheme);

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
        else if (texts.some((pieces) => prove(pieces, key, candidates))) {
          problem = checkBound(request, key.fields);
          if (!problem) return checkAfter(request, vars);
        }
      }
      return problem ?? mismatch(scheme, context);
    },
  };
}

function isSigned(scheme: SignedScheme, items: SignatureItems): Failure | Record<string, never> {
  const candidates = wellFormed(scheme, items);
  return 'reason' in candidates ? candidates : {};
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
    `None of the stored secrets makes this signature: check that the secret is the one ${sender.name} shows for this endpoint${url}, and that nothing between changes the body.`,
  );
}

/** True if the signed text holds the public URL, so that a proxy that changes it breaks the check. */
export function coversUrl({ signed }: SignedScheme): boolean {
  if ('template' in signed) {
    return [signed.template].flat().some((template) => /\{(url|path)\}/.test(template));
  }
  return [
    'urlPlusSortedForm',
    'urlPlusSortedFormAll',
    'hubspotV3',
    'contentfulCanonical',
    'plivoV3',
  ].includes(signed.canonical);
}
