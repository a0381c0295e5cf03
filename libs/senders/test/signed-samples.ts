import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { SignedRequest } from '../src/request/request.js';
import type { Scheme } from '../src/model/scheme.js';
import type { SecretValue } from '../src/keys/secret-key.js';
import { secretFields, type Sender } from '../src/model/sender.js';
import { sign } from '../src/sign/sign.js';
import { compilePolicy } from '../src/policy.js';
import { inspect, type Inspection } from '../src/inspect.js';

/** When samples are signed, in epoch seconds. */
export const AT = 1_795_000_000;
export const URL_REGISTERED = 'https://hooks.example.com/hooks/abc?from=here';

interface PemPair {
  publicKey: string;
  privateKey: string;
}

function toPem({ publicKey, privateKey }: { publicKey: KeyObject; privateKey: KeyObject }): PemPair {
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

const KEYS = {
  rsa: toPem(generateKeyPairSync('rsa', { modulusLength: 2048 })),
  ec: toPem(generateKeyPairSync('ec', { namedCurve: 'P-256' })),
  ed25519: toPem(generateKeyPairSync('ed25519')),
};

/** Bytes between the armour lines of a PEM. */
function derOf(text: string): Buffer {
  return Buffer.from(text.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}

function keyPairOf(scheme: Scheme): PemPair | undefined {
  if (scheme.kind === 'asymmetric')
    return scheme.algorithm === 'ed25519'
      ? KEYS.ed25519
      : scheme.algorithm === 'ecdsa-sha256'
        ? KEYS.ec
        : KEYS.rsa;
  if (scheme.kind !== 'jwt') return undefined;
  return scheme.algorithms[0] === 'RS256' ? KEYS.rsa : scheme.algorithms[0] === 'ES256' ? KEYS.ec : undefined;
}

/** A key in the form in which the scheme wants it stored. `seed` tells keys apart. */
function storedKey(scheme: Scheme, seed: string): string {
  if (!('key' in scheme)) return `${seed} and token`;
  const { decode, stripPrefix = '' } = scheme.key;
  const pair = keyPairOf(scheme);
  if (pair && decode === 'pem') return pair.publicKey;
  if (pair && decode === 'spki-base64') return derOf(pair.publicKey).toString('base64');
  if (pair)
    return derOf(pair.publicKey)
      .subarray(-32)
      .toString(decode === 'ed25519-hex' ? 'hex' : 'base64');
  if (decode === 'hex' || decode === 'base64')
    return stripPrefix + Buffer.from(`${seed} and more of it`).toString(decode);
  return `${seed} as it is`;
}

/** Secrets of a sender for one scheme: as an endpoint stores them, and as the sender itself would hold them. */
export function secretsFor(
  sender: Sender,
  scheme: Scheme,
  seed = 'right',
): { stored: SecretValue; signing: SecretValue } {
  const fields = Object.fromEntries(
    secretFields(sender).map(({ name }) => [
      name,
      name === 'timestampHeader' ? 'X-Signed-At' : `${seed}-${name}`,
    ]),
  );
  const main = secretFields(sender)[0].name;
  const keyField = ('key' in scheme && scheme.key.field) || main;
  if (scheme.kind !== 'basic') fields[keyField] = storedKey(scheme, seed);
  const privateKey = keyPairOf(scheme)?.privateKey;
  return { stored: fields, signing: privateKey === undefined ? fields : { ...fields, privateKey } };
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };

/** A body of the kind that the sender's scheme signs. */
function unsigned(sender: Sender, scheme: Scheme): { headers: Record<string, string>; rawBody: Buffer } {
  if (sender.id === 'adyen') {
    const item = {
      pspReference: 'PSP1',
      eventCode: 'AUTHORISATION',
      success: 'true',
      amount: { value: 1130, currency: 'EUR' },
    };
    return {
      headers: JSON_TYPE,
      rawBody: Buffer.from(JSON.stringify({ notificationItems: [{ NotificationRequestItem: item }] })),
    };
  }
  if (sender.id === 'aws-sns') {
    const message = {
      Type: 'Notification',
      MessageId: 'm-1',
      TopicArn: 'arn:aws:sns:x',
      Message: '{"a":1}',
      Timestamp: '2026-11-22T00:00:00Z',
    };
    return {
      headers: { 'content-type': 'text/plain; charset=UTF-8' },
      rawBody: Buffer.from(JSON.stringify(message)),
    };
  }
  const isForm =
    JSON.stringify(scheme).includes('"form:') || JSON.stringify(scheme).includes('urlPlusSortedForm');
  if (isForm || ('signed' in scheme && /Form|plivo/.test(JSON.stringify(scheme.signed))))
    return {
      headers: FORM,
      rawBody: Buffer.from(sender.id === 'paddle-classic' ? 'b=2&a=1' : 'b=2&a=1&a=%C3%A4'),
    };
  return {
    headers: JSON_TYPE,
    rawBody: Buffer.from('{"id":"evt_1","type":"order.paid","note":"\u00e4 & \\u00e4"}'),
  };
}

/** A request that the sender signed at `AT`, as it arrives `delay` seconds later. */
export function signedSample(
  sender: Sender,
  scheme: Scheme,
  options: { seed?: string; at?: number } = {},
): SignedRequest {
  const { headers, rawBody } = unsigned(sender, scheme);
  const secret = secretsFor(sender, scheme, options.seed).signing;
  const signed = sign(sender.id, {
    secret,
    method: 'POST',
    url: URL_REGISTERED,
    headers,
    rawBody,
    at: options.at ?? AT,
    scheme: scheme.id,
  });
  return { method: 'POST', ...signed, receivedAt: AT + 1 };
}

/** Judges a request with every scheme of the sender switched on. */
export function judgeByAny(sender: Sender, scheme: Scheme, request: SignedRequest): Inspection {
  return inspect(compilePolicy({ sender: sender.id, secrets: [secretsFor(sender, scheme).stored] }), request);
}

/** Judges a request with only this scheme switched on. */
export function judge(
  sender: Sender,
  scheme: Scheme,
  request: SignedRequest,
  secrets = [secretsFor(sender, scheme).stored],
): Inspection {
  return inspect(compilePolicy({ sender: sender.id, scheme: scheme.id, secrets }), request);
}
