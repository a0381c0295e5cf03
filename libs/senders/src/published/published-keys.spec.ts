import { generateKeyPairSync, sign as signBytes, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspect } from '../inspect.js';
import type { SecretValue } from '../keys/secret-key.js';
import { compilePolicy } from '../policy.js';
import type { SignedRequest } from '../request/request.js';
import { sign } from '../sign/sign.js';
import { readPublishedKeys, usableKeys } from './key-answer.js';
import type { KeyRequest } from './key-request.js';
import { keyWanted, withoutPublishedKey, withPublishedKeys } from './published-policy.js';

const AT = 1_795_000_000;
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ed = generateKeyPairSync('ed25519');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

function pemOf(key: KeyObject): string {
  return key.type === 'public'
    ? key.export({ type: 'spki', format: 'pem' }).toString()
    : key.export({ type: 'pkcs8', format: 'pem' }).toString();
}

function aRequest(headers: Record<string, string>, json: unknown = { id: 'e1' }): SignedRequest {
  const rawBody = Buffer.from(JSON.stringify(json));
  return { method: 'POST', url: 'https://h.example/hooks/t', headers, rawBody, receivedAt: AT };
}

function wanted(sender: string, secrets: SecretValue[], request: SignedRequest): KeyRequest | undefined {
  return keyWanted(compilePolicy({ sender, secrets }), request);
}

function verdict(sender: string, secrets: SecretValue[], request: SignedRequest): string {
  const { status, reason = '' } = inspect(compilePolicy({ sender, secrets }), request).verification;
  return `${status} ${reason}`.trim();
}

const paypal = (url: string) => aRequest({ 'paypal-transmission-sig': 'AAAA', 'paypal-cert-url': url });
const sns = (url: string, more: object = {}) =>
  aRequest({}, { SignatureVersion: '2', Signature: 'AAAA', SigningCertURL: url, ...more });
const token = (header: object, name = 'authorization') =>
  aRequest({
    [name]: `Bearer ${[header, { iat: AT }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.AAAA`,
  });
const GOOGLE = { audience: 'us', email: 'robot@example.com' };
const CERT = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-7a8abba8';
const PEM = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem';

describe('the key that a request needs', () => {
  it.each([
    ['paypal', ['WH-1'], paypal(CERT), CERT],
    ['paypal', ['WH-1'], paypal(CERT.replace('api.', 'api.sandbox.')), undefined],
    ['aws-sns', [], sns(PEM), PEM],
    ['aws-sns', [{ topicArn: 'arn:aws:sns:eu-west-1:1:t' }], sns(PEM), PEM],
    [
      'google-pubsub',
      [GOOGLE],
      token({ alg: 'RS256', kid: 'a' }),
      'https://www.googleapis.com/oauth2/v3/certs',
    ],
    [
      'fal-ai',
      [],
      aRequest({ 'x-fal-webhook-signature': 'aa'.repeat(64) }),
      'https://rest.alpha.fal.ai/.well-known/jwks.json',
    ],
    ['kick', [], aRequest({ 'kick-event-signature': 'AAAA' }), 'https://api.kick.com/public/v1/public-key'],
  ] as const)('of %s is asked for at the address of the catalogue', (sender, secrets, request, url) => {
    const found = wanted(sender, [...secrets], request);
    expect(found?.url).toBe(url ?? CERT.replace('api.', 'api.sandbox.'));
    expect(verdict(sender, [...secrets], request)).toBe('unchecked key_not_fetched');
  });

  it("of Plaid is asked for with the account's own credentials, in its environment", () => {
    const request = aRequest({
      'plaid-verification': token({ alg: 'ES256', kid: 'k1' }).headers['authorization']!.slice(7),
    });
    const account = { clientId: 'c', apiSecret: 's' };
    expect(wanted('plaid', [account], request)).toMatchObject({
      url: 'https://production.plaid.com/webhook_verification_key/get',
      body: '{"client_id":"c","secret":"s","key_id":"k1"}',
    });
    expect(wanted('plaid', [{ ...account, environment: 'sandbox' }], request)?.url).toContain('//sandbox.');
    expect(wanted('plaid', [{ ...account, environment: 'evil.example/' }], request)?.url).toContain(
      '//production.',
    );
  });

  it.each([
    ['http', CERT.replace('https', 'http')],
    ['another host', CERT.replace('api.paypal.com', 'api.paypal.com.evil.example')],
    ['a look-alike', CERT.replace('api.paypal.com', 'apixpaypal.com')],
    ['user info', CERT.replace('https://', 'https://api.paypal.com@evil.example/')],
    ['a port', CERT.replace('paypal.com', 'paypal.com:8443')],
    ['another path', 'https://api.paypal.com/v1/oauth2/token'],
    ['a path that climbs', CERT.replace('CERT-', '../CERT-')],
    ['a query', `${CERT}?x=1`],
    ['a line break', `${CERT}\n`],
    ['nothing', ''],
  ])('is never fetched by %s', (_, url) => {
    expect(wanted('paypal', ['WH-1'], paypal(url))).toBeUndefined();
    expect(verdict('paypal', ['WH-1'], paypal(url))).toBe('failed key_refused');
  });

  it.each([
    'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0a.pem',
    'https://s3.amazonaws.com/bucket/SimpleNotificationService-0a.pem',
    'https://sns.eu-west-1.amazonaws.com/bucket/own.pem',
    'https://evil.example/?https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem',
  ])('of SNS is never %s', (url) => {
    expect(verdict('aws-sns', [], sns(url))).toBe('failed key_refused');
  });

  it("of SNS comes from the stored topic's own region", () => {
    const secrets = [{ topicArn: 'arn:aws:sns:us-east-1:1:t' }];
    expect(verdict('aws-sns', secrets, sns(PEM))).toBe('failed key_refused');
  });

  it.each([{ alg: 'none' }, { alg: 'HS256', kid: 'a' }, { alg: 'RS256', kid: 'a b' }, { kid: 'a' }, {}])(
    'is not fetched for a token with %j',
    (header) => {
      expect(wanted('google-pubsub', [GOOGLE], token(header))).toBeUndefined();
      expect(verdict('google-pubsub', [GOOGLE], token(header))).toMatch(/^failed/);
    },
  );

  it('is not fetched for a request without a signature: with a secret that is refused, else unchecked', () => {
    const unsigned = aRequest({});
    for (const [sender, secret] of [
      ['paypal', 'WH-1'],
      ['aws-sns', { topicArn: 'arn:aws:sns:eu-west-1:1:t' }],
      ['fal-ai', { userId: 'u' }],
      ['google-pubsub', GOOGLE],
      ['plaid', { clientId: 'c', apiSecret: 's' }],
    ] as const) {
      expect(wanted(sender, [secret], unsigned)).toBeUndefined();
      expect(verdict(sender, [secret], unsigned)).toBe('failed missing_signature');
      expect(verdict(sender, [], unsigned)).toMatch(/^unchecked/);
    }
  });

  it('is not fetched while what it is checked against is not stored', () => {
    for (const [sender, request] of [
      ['paypal', paypal(CERT)],
      ['google-pubsub', token({ alg: 'RS256', kid: 'a' })],
    ] as const) {
      expect(wanted(sender, [], request)).toBeUndefined();
      expect(verdict(sender, [], request)).toBe('unchecked no_key');
    }
  });
});

describe('keys that were published', () => {
  const jwk = (key: KeyObject, more: object) => ({ ...key.export({ format: 'jwk' }), ...more });
  const google = wanted('google-pubsub', [GOOGLE], token({ alg: 'RS256', kid: 'b' }))!;

  it('are told apart by their id', () => {
    const set = { keys: [jwk(rsa.publicKey, { kid: 'a', use: 'sig' }), jwk(ec.publicKey, { kid: 'b' })] };
    const keys = readPublishedKeys(google, JSON.stringify(set));
    expect(usableKeys(google, keys, AT)).toEqual([pemOf(ec.publicKey)]);
    expect(usableKeys({ ...google, keyId: 'c' }, keys, AT)).toMatchObject({ reason: 'key_refused' });
  });

  it.each([
    ['shared', { kty: 'oct', k: 'AAAA', kid: 'b' }],
    ['meant for encryption', jwk(rsa.publicKey, { kid: 'b', use: 'enc' })],
    ['short', jwk(generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey, { kid: 'b' })],
    ['on another curve', jwk(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey, { kid: 'b' })],
    ['broken', { kty: 'RSA', kid: 'b' }],
  ])('are not used when they are %s', (_, key) => {
    expect(readPublishedKeys(google, JSON.stringify({ keys: [key] }))).toEqual([]);
  });

  it.each(['', 'x', 'null', '{}', '{"keys":1}', '<html>'])('are not found in %j', (text) => {
    expect(readPublishedKeys(google, text)).toEqual([]);
    expect(readPublishedKeys(wanted('paypal', ['WH-1'], paypal(CERT))!, text)).toEqual([]);
  });

  it('prove nothing outside of their time', () => {
    const keys = [{ id: 'b', pem: 'x', validFrom: AT - 10, validTo: AT + 10 }];
    expect(usableKeys(google, keys, AT)).toEqual(['x']);
    for (const at of [AT - 11, AT + 11]) {
      expect(usableKeys(google, keys, at)).toMatchObject({ reason: 'key_refused' });
    }
  });

  it('judge the request, each with what is stored beside it', () => {
    const request = aRequest({ 'paypal-cert-url': CERT });
    const privateKey = pemOf(rsa.privateKey);
    const signed = {
      ...request,
      ...sign('paypal', { ...request, secret: { webhookId: 'WH-1', privateKey }, at: AT }),
    };
    const judged = (webhookId: string, key: KeyObject): unknown => {
      const policy = withPublishedKeys(compilePolicy({ sender: 'paypal', secrets: [webhookId] }), [
        pemOf(key),
      ]);
      expect(keyWanted(policy, signed)).toBeUndefined();
      return inspect(policy, signed).verification.reason ?? 'verified';
    };
    expect(judged('WH-1', rsa.publicKey)).toBe('verified');
    expect(judged('WH-2', rsa.publicKey)).toBe('signature_mismatch');
    expect(judged('WH-1', generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey)).toBe(
      'signature_mismatch',
    );
    expect(judged('WH-1', ed.publicKey)).toBe('malformed_key');
  });

  it('bind the request to whom it was meant for', () => {
    const request = aRequest({ 'x-fal-webhook-user-id': 'u1' });
    const signed = { ...request, ...sign('fal-ai', { ...request, secret: pemOf(ed.privateKey), at: AT }) };
    const judged = (...users: string[]): unknown =>
      inspect(
        withPublishedKeys(compilePolicy({ sender: 'fal-ai', secrets: users.map((userId) => ({ userId })) }), [
          pemOf(ed.publicKey),
        ]),
        signed,
      ).verification.reason ?? 'verified';
    expect(judged()).toBe('verified');
    expect(judged('u1')).toBe('verified');
    expect(judged('u0', 'u1')).toBe('verified');
    expect(judged('u0')).toBe('claim_mismatch');
  });

  it('that there are not refuse what they would have proved', () => {
    const policy = withoutPublishedKey(compilePolicy({ sender: 'kick', secrets: [] }), {
      reason: 'key_refused',
      hint: 'gone',
    });
    expect(inspect(policy, aRequest({ 'kick-event-signature': 'AAAA' }))).toMatchObject({ refuse: true });
  });
});

describe("Wise's key, which is printed in its documentation", () => {
  const request = aRequest({});

  it('counts without being fetched or stored, and no other', () => {
    const forged = signBytes('sha256', request.rawBody, rsa.privateKey).toString('base64');
    const signed = aRequest({ 'x-signature-sha256': forged });
    expect(wanted('wise', [], signed)).toBeUndefined();
    expect(verdict('wise', [], signed)).toBe('failed signature_mismatch');
    expect(verdict('wise', [pemOf(rsa.publicKey)], signed)).toBe('verified');
  });

  it('refuses the unsigned only where a key is stored', () => {
    expect(verdict('wise', [], request)).toBe('unchecked missing_signature');
    expect(verdict('wise', [pemOf(rsa.publicKey)], request)).toBe('failed missing_signature');
  });
});
