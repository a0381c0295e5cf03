import { createHash, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { decodeStrictly } from './compare.js';
import { failure, type Failure } from '../check/failure.js';
import type { KeyRule } from '../model/scheme.js';
import { secretFields, type Sender } from '../model/sender.js';

/** A stored secret: one text, or the fields that the sender names. */
export type SecretValue = string | Readonly<Record<string, string>>;

/** A secret by field. Empty fields count as absent. */
export type SecretFields = ReadonlyMap<string, string>;

/** One text means the sender's first field; so does an object's member `secret`. */
export function toFields(sender: Sender, secret: SecretValue): SecretFields {
  const main = secretFields(sender)[0].name;
  if (typeof secret === 'string') return withoutEmpty([[main, secret]]);
  const fields = withoutEmpty(Object.entries(secret));
  const whole = fields.get('secret');
  return whole === undefined || fields.has(main) ? fields : new Map([...fields, [main, whole]]);
}

function withoutEmpty(entries: [string, string][]): Map<string, string> {
  return new Map(entries.filter(([, value]) => value !== ''));
}

/** The text that becomes the key, or `undefined` if the secret does not hold it. */
export function keyText(rule: KeyRule, sender: Sender, fields: SecretFields): string | undefined {
  const main = secretFields(sender)[0].name;
  if (rule.join === undefined) return fields.get(rule.field ?? main);
  const joined = fillFields(rule.join, fields);
  return joined ?? fields.get(main);
}

/** Puts secret fields into `{field}`; `undefined` if one is absent. */
export function fillFields(text: string, fields: SecretFields): string | undefined {
  let complete = true;
  const filled = text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fields.get(name);
    if (value === undefined) complete = false;
    return value ?? '';
  });
  return complete ? filled : undefined;
}

/** The bytes of a shared key. Refuses what is not wholly of the declared encoding: half a key is a weak key. */
export function sharedKeyBytes(rule: KeyRule, text: string): Buffer | Failure {
  const bare =
    rule.stripPrefix !== undefined && text.startsWith(rule.stripPrefix)
      ? text.slice(rule.stripPrefix.length)
      : text;
  const normal = rule.normalize === undefined ? bare : bare.normalize(rule.normalize);
  const bytes = decodeShared(rule.decode, `${normal}${rule.suffix ?? ''}`);
  if (bytes && bytes.length > 0) return bytes;
  return failure(
    'malformed_key',
    `The stored secret is not ${rule.decode}: copy it again, whole, as the sender shows it.`,
  );
}

function decodeShared(decode: KeyRule['decode'], text: string): Buffer | undefined {
  if (decode === 'hex') return decodeStrictly(text.trim(), 'hex');
  if (decode === 'base64') {
    return decodeStrictly(text.trim(), 'base64') ?? decodeStrictly(text.trim(), 'base64url');
  }
  return decode === 'sha1' ? createHash('sha1').update(text).digest() : Buffer.from(text, 'utf8');
}

/** A shared key ready for `createHmac`. */
export function sharedKey(rule: KeyRule, text: string): KeyObject | Failure {
  const bytes = sharedKeyBytes(rule, text);
  return Buffer.isBuffer(bytes) ? createSecretKey(bytes) : bytes;
}

/** A public key of the kind that the algorithm needs; a certificate or a private key gives its public half. */
export function publicKey(rule: KeyRule, text: string, type: 'ed25519' | 'ec' | 'rsa'): KeyObject | Failure {
  const key = readPublicKey(rule.decode, text.trim());
  if (key?.asymmetricKeyType === type) return key;
  return failure(
    'malformed_key',
    `The stored key is not a public key for ${type} signatures: copy it again, whole, as the sender shows it.`,
  );
}

function readPublicKey(decode: KeyRule['decode'], text: string): KeyObject | undefined {
  try {
    if (text.includes('-----BEGIN') || decode === 'pem') return createPublicKey(text);
    if (decode === 'spki-base64') {
      return createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
    }
    const raw = decodeStrictly(text, decode === 'ed25519-hex' ? 'hex' : 'base64');
    if (raw?.length !== 32) return undefined;
    return createPublicKey({
      key: { kty: 'OKP', crv: 'Ed25519', x: raw.toString('base64url') },
      format: 'jwk',
    });
  } catch {
    return undefined;
  }
}
