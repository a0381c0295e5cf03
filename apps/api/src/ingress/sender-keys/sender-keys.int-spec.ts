import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createEgress, parseAllowedHosts, type Egress } from '@hookloom/egress';
import { sign } from '@hookloom/senders';
import type { HttpClient, HttpRequest } from '@hookloom/step-kit';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SIGNING } from '../../../test/signing-certificate.js';
import {
  send,
  startTriggerServer,
  type EndpointOptions,
  type TriggerServer,
} from '../../../test/trigger-server.js';
import { createSenderKeys } from './create-sender-keys.js';
import type { SenderKeys } from './sender-keys.js';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const ed = generateKeyPairSync('ed25519');
const privatePem = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const jwk = (key: KeyObject, kid: string) => ({ ...key.export({ format: 'jwk' }), kid, use: 'sig' });

let server: TriggerServer;
let keyServer: HttpReceiver;
let egress: Egress;
let keys: SenderKeys;
/** Addresses as the product asked for them, before they were led to the stand-in. */
let asked: string[];

/** The real client, led to a server here: the names of the catalogue lead elsewhere. */
const led: HttpClient = {
  send: (request: HttpRequest) => {
    asked.push(request.url);
    const { pathname, search } = new URL(request.url);
    return egress.http.send({ ...request, url: `${keyServer.url}${pathname}${search}` });
  },
};

beforeAll(async () => {
  egress = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.1') });
  server = await startTriggerServer({
    keys: { policyFor: (policy, request) => keys.policyFor(policy, request) },
  });
});
afterAll(() => Promise.all([server.close(), egress.close()]));
beforeEach(async () => {
  asked = [];
  keys = createSenderKeys(led, () => undefined);
  keyServer = await startHttpReceiver();
  return () => keyServer.close();
});

function answer(status: number, value: unknown): void {
  keyServer.answer((_, response) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
}

type Secret = NonNullable<EndpointOptions['secret']>;

interface Delivery {
  readonly sender: string;
  readonly stored?: Secret | undefined;
  readonly headers?: Record<string, string>;
  readonly json?: object;
  readonly signing: Record<string, string>;
  /** Changes what is sent after it was signed. */
  readonly tamper?: (body: string) => string;
}

/** Signs as the sender would, sends it to an endpoint of its own, and tells the answer with the stored verdict. */
async function deliver({ sender, stored, headers = {}, json = { id: 'e1' }, signing, tamper }: Delivery) {
  const endpoint = await server.anEndpoint({
    settings: { sender },
    ...(stored === undefined ? {} : { secret: stored }),
  });
  const signed = sign(sender, {
    secret: signing,
    method: 'POST',
    url: `http://hooks.example.test/hooks/${endpoint.token}`,
    headers: { 'content-type': 'application/json', ...headers },
    rawBody: Buffer.from(JSON.stringify(json)),
    at: Math.floor(Date.now() / 1_000),
  });
  const body = Buffer.from(signed.rawBody).toString();
  const { status } = await send(endpoint.url, {
    headers: signed.headers,
    body: tamper ? tamper(body) : body,
  });
  const [event] = await server.rows('select * from event where endpoint_id = $1', [endpoint.id]);
  return { status, verdict: JSON.parse(event?.['verification']), event: event?.['status'] };
}

const CERT_URL = 'https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-7a8abba8';
const SNS_URL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abcd.pem';
const paypal: Delivery = {
  sender: 'paypal',
  stored: { webhookId: 'WH-1' },
  headers: { 'paypal-cert-url': CERT_URL },
  signing: { webhookId: 'WH-1', privateKey: SIGNING.key },
};
const google = { audience: 'us', email: 'robot@example.com' };
const plaid = { clientId: 'c', apiSecret: 'very-secret' };
const rsaKeys = { keys: [jwk(rsa.publicKey, 'k1')] };

const CASES: [Delivery, unknown, string][] = [
  [paypal, SIGNING.cert, CERT_URL],
  [
    {
      sender: 'aws-sns',
      json: {
        Type: 'Notification',
        MessageId: 'm',
        TopicArn: 'arn:aws:sns:eu-west-1:1:t',
        Message: 'x',
        Timestamp: 't',
        SigningCertURL: SNS_URL,
      },
      stored: { topicArn: 'arn:aws:sns:eu-west-1:1:t' },
      signing: { privateKey: SIGNING.key },
    },
    SIGNING.cert,
    SNS_URL,
  ],
  [
    {
      sender: 'google-pubsub',
      stored: google,
      signing: { ...google, privateKey: privatePem(rsa.privateKey) },
    },
    rsaKeys,
    'https://www.googleapis.com/oauth2/v3/certs',
  ],
  [
    {
      sender: 'fal-ai',
      stored: { userId: 'u1' },
      signing: { userId: 'u1', privateKey: privatePem(ed.privateKey) },
    },
    { keys: [jwk(ed.publicKey, 'a')] },
    'https://rest.alpha.fal.ai/.well-known/jwks.json',
  ],
  [
    { sender: 'kick', signing: { privateKey: privatePem(rsa.privateKey) } },
    { data: { public_key: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString() } },
    'https://api.kick.com/public/v1/public-key',
  ],
  [
    { sender: 'plaid', stored: plaid, signing: { keyId: 'k1', privateKey: privatePem(ec.privateKey) } },
    { key: { ...jwk(ec.publicKey, 'k1'), alg: 'ES256', expired_at: null } },
    'https://production.plaid.com/webhook_verification_key/get',
  ],
];

describe.each(
  CASES.map(([delivery, published, url]) => ({ name: delivery.sender, delivery, published, url })),
)('a delivery of $name', ({ delivery, published, url }) => {
  it('is verified with the key that its sender publishes, fetched once', async () => {
    answer(200, published);
    expect(await deliver(delivery)).toEqual({
      status: 200,
      verdict: { status: 'verified' },
      event: 'accepted',
    });
    await deliver(delivery);
    expect(asked).toEqual([url]);
  });

  it('is refused when it was changed on the way', async () => {
    if (delivery.sender === 'google-pubsub') return; // its token does not cover the body
    answer(200, published);
    const changed = await deliver({ ...delivery, tamper: (body) => body.replace(/"(m|e1)"/, '"other"') });
    expect(changed).toMatchObject({ status: 401, verdict: { status: 'failed' } });
  });

  it('is kept, unchecked, while the key cannot be fetched', async () => {
    answer(503, 'away');
    expect(await deliver(delivery)).toMatchObject({
      status: 200,
      event: 'accepted',
      verdict: { status: 'unchecked', reason: 'key_not_fetched' },
    });
  });
});

describe('a key', () => {
  it('that its server does not know refuses the request', async () => {
    answer(404, 'no such certificate');
    expect(await deliver(paypal)).toMatchObject({ status: 401, verdict: { reason: 'key_refused' } });
  });

  it.each([
    ['is no certificate', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['is too large', `${SIGNING.cert}${' '.repeat(70_000)}`],
  ])('that %s refuses the request', async (_, text) => {
    answer(200, text);
    expect(await deliver(paypal)).toMatchObject({ status: 401, verdict: { reason: 'key_refused' } });
  });

  it('is not looked for where a redirect leads', async () => {
    keyServer.answer((_, response) => response.writeHead(302, { location: '/elsewhere' }).end());
    expect(await deliver(paypal)).toMatchObject({ status: 401 });
    expect(keyServer.requests).toHaveLength(1);
  });

  it('of a foreign host is never asked for', async () => {
    const headers = { 'paypal-cert-url': 'https://evil.example/v1/notifications/certs/CERT-1' };
    expect(await deliver({ ...paypal, headers })).toMatchObject({
      status: 401,
      verdict: { reason: 'key_refused' },
    });
    expect(asked).toEqual([]);
  });

  it('whose server hangs holds the request for a bounded time', async () => {
    keyServer.answer(() => undefined);
    expect(await deliver(paypal)).toMatchObject({ status: 200, verdict: { reason: 'key_not_fetched' } });
  });

  it("is asked of Plaid with the account's credentials, which no event shows", async () => {
    answer(400, { error_code: 'INVALID_API_KEYS' });
    const [delivery] = CASES[5]!;
    const refused = await deliver(delivery);
    expect(refused).toMatchObject({ status: 401, verdict: { reason: 'key_refused' } });
    expect(JSON.stringify(refused)).not.toContain('very-secret');
    expect(JSON.parse(keyServer.requests[0]!.body.toString())).toEqual({
      client_id: 'c',
      secret: 'very-secret',
      key_id: 'k1',
    });
  });

  it('that is out of date refuses the request', async () => {
    answer(200, { key: { ...jwk(ec.publicKey, 'k1'), expired_at: 1_600_000_000 } });
    const [delivery] = CASES[5]!;
    expect(await deliver(delivery)).toMatchObject({ status: 401, verdict: { reason: 'key_refused' } });
  });
});
