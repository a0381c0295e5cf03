import { createPrivateKey, sign as signBytes, type KeyObject } from 'node:crypto';
import { hash, hashText, hmac, joinPieces, type Pieces } from '../keys/digest.js';
import { parsePlace, type Place } from '../model/place.js';
import type { RequestDraft } from './request-draft.js';
import type { SignatureRule, SignedScheme } from '../model/scheme.js';
import { fillFields, keyText, sharedKey, type SecretFields } from '../keys/secret-key.js';
import { secretFields, type Sender } from '../model/sender.js';
import { SignError } from './sign-error.js';
import { digestOf } from '../check/prover.js';
import { signedTexts } from '../check/signed-check.js';
import type { SignatureItems } from '../check/signature-items.js';
import { formatTimestamp } from '../check/timestamp.js';
import { compileVars } from '../check/vars.js';

/** Puts a scheme's signature, and all that it covers, into a request. */
export function signDraft(
  draft: RequestDraft,
  scheme: SignedScheme,
  sender: Sender,
  fields: SecretFields,
): void {
  if (scheme.when) draft.set(scheme.when.place, scheme.when.equals);
  for (const { place, field } of scheme.bound ?? []) {
    const value = fields.get(field);
    if (value !== undefined) draft.set(place, value);
  }
  if ('canonical' in scheme.signed && scheme.signed.canonical === 'contentfulCanonical') {
    nameSignedHeaders(draft);
  }
  const parts = writeVars(draft, scheme, fields);
  if (scheme.bodyHash) {
    const { algorithm, encoding, in: place } = scheme.bodyHash;
    draft.set(place, hashText(algorithm, [draft.read().request.rawBody], encoding));
  }
  const { signature } = scheme;
  const encoded = signatureBytes(draft, scheme, sender, fields, parts).toString(signature.encoding);
  draft.set(signature.in, inItsPlace(signature, fields, encoded, parts));
}

/** Contentful signs headers of its choice and says which; the two of its own are the least. */
function nameSignedHeaders(draft: RequestDraft): void {
  if (draft.read().header('x-contentful-signed-headers') === undefined) {
    draft.set('header:x-contentful-signed-headers', 'x-contentful-signed-headers,x-contentful-timestamp');
  }
}

/** What stands in the signature's place before there is a signature. */
const NO_ITEMS: SignatureItems = { candidates: [], present: false, part: () => undefined };

/** Parts that stand beside the signature in its own header, by name or index. */
type SignatureParts = ReadonlyMap<string, string>;

/** Gives every variable a value where it has none: the time, or an id made from the request. */
function writeVars(draft: RequestDraft, scheme: SignedScheme, fields: SecretFields): SignatureParts {
  const parts = new Map<string, string>();
  const present = compileVars(scheme)(draft.read(), NO_ITEMS, fields);
  for (const [name, places] of Object.entries(scheme.vars ?? {})) {
    const value = present.get(name) ?? defaultValue(draft, scheme, name);
    const place = writablePlace([places].flat(), fields);
    const { kind, name: part } = parsePlace(place);
    if (kind === 'signature') parts.set(part, value);
    else if (kind !== 'secret' && present.get(name) === undefined) draft.set(place, value);
  }
  return parts;
}

function writablePlace(places: readonly Place[], fields: SecretFields): Place {
  for (const place of places) {
    const filled = place.startsWith('header:')
      ? fillFields(place.slice('header:'.length), fields)
      : undefined;
    if (filled !== undefined) return `header:${filled.toLowerCase()}`;
    if (!place.includes('{')) return place;
  }
  throw new SignError('missing_input', 'The secret does not name the header that the time goes into.');
}

function defaultValue(draft: RequestDraft, { timestamp }: SignedScheme, name: string): string {
  if (timestamp?.var === name) return formatTimestamp(draft.at, timestamp.unit);
  if (name === 't') return formatTimestamp(draft.at, 's');
  return `msg_${hashText('sha256', [name, String(draft.at), draft.read().request.rawBody], 'hex').slice(0, 27)}`;
}

function signatureBytes(
  draft: RequestDraft,
  scheme: SignedScheme,
  sender: Sender,
  fields: SecretFields,
  parts: SignatureParts,
): Buffer {
  const request = draft.read();
  const vars = compileVars(scheme)(request, { ...NO_ITEMS, part: (name) => parts.get(name) }, fields);
  const secret = keyText(scheme.key, sender, fields) ?? '';
  const texts = signedTexts(scheme)({ request, vars, secret });
  if ('reason' in texts) throw new SignError(texts.reason, texts.hint);
  return signPieces(texts[0] ?? [], scheme, sender, fields, secret);
}

function signPieces(
  pieces: Pieces,
  scheme: SignedScheme,
  sender: Sender,
  fields: SecretFields,
  secret: string,
): Buffer {
  if (scheme.kind === 'hash') return hash(scheme.algorithm, pieces);
  if (scheme.kind === 'asymmetric') {
    return signBytes(digestOf(scheme), joinPieces(pieces), privateKey(sender, fields));
  }
  const key = sharedKey(scheme.key, secret);
  if ('reason' in key) throw new SignError(key.reason, key.hint);
  return hmac(scheme.algorithm, key, pieces);
}

/** The private half of the sender's key; only a test or a sample has it. */
export function privateKey(sender: Sender, fields: SecretFields): KeyObject {
  try {
    return createPrivateKey(fields.get('privateKey') ?? fields.get(secretFields(sender)[0].name) ?? '');
  } catch {
    throw new SignError('malformed_key', `${sender.name} signs with a private key: give it as PEM.`);
  }
}

/** The text that goes where the signature is looked for. */
function inItsPlace(
  rule: SignatureRule,
  fields: SecretFields,
  encoded: string,
  parts: SignatureParts,
): string {
  const signature = (rule.prefix ?? '') + encoded;
  const key = rule.key ?? (rule.keyField === undefined ? undefined : fields.get(rule.keyField)) ?? '1';
  const item = rule.pair === undefined ? signature : key + rule.pair + signature;
  const others = [...parts].map(([name, value]) =>
    /^\d+$/.test(name) ? value : `${name}${rule.pair ?? '='}${value}`,
  );
  return (rule.leads ? [item, ...others] : [...others, item]).join(rule.separator ?? ',');
}
