import { createHash, createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { HandshakeReply } from './handshake-answer.js';
import { handshake } from './handshake.js';
import { inspect } from '../inspect.js';
import { compilePolicy } from '../policy.js';
import type { SignedRequest } from '../request/request.js';
import type { SecretValue } from '../keys/secret-key.js';
import { sign } from '../sign/sign.js';

const AT = 1_795_000_000;
const URL_ = 'https://hooks.example.com/hooks/abc';
const SECRET = 'correct horse battery';

function request(input: {
  method?: string;
  query?: string;
  headers?: Record<string, string>;
  json?: unknown;
  form?: string;
}): SignedRequest {
  const { method = 'POST', query = '', headers = {}, json, form } = input;
  const body = form ?? (json === undefined ? '' : JSON.stringify(json));
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  return {
    method,
    url: URL_ + query,
    headers: { ...(body !== '' && { 'content-type': type }), ...headers },
    rawBody: Buffer.from(body),
    receivedAt: AT,
  };
}

function answer(
  sender: string,
  secrets: readonly SecretValue[],
  from: SignedRequest,
): HandshakeReply | undefined {
  return handshake(compilePolicy({ sender, secrets }), from);
}

function signedBy(sender: string, from: SignedRequest, secret: SecretValue = SECRET): SignedRequest {
  return { ...from, ...sign(sender, { ...from, secret, at: AT }) };
}

describe('challenges', () => {
  it.each([
    [
      'meta',
      request({ method: 'GET', query: '?hub.mode=subscribe&hub.verify_token=v&hub.challenge=1158201444' }),
      '1158201444',
    ],
    ['dropbox', request({ method: 'GET', query: '?challenge=abc' }), 'abc'],
    [
      'ms-graph',
      request({ query: '?validationToken=Validation%3a+Testing+client%20app' }),
      'Validation: Testing client app',
    ],
    ['onfleet', request({ method: 'GET', query: '?check=xyz' }), 'xyz'],
    ['slack', request({ json: { type: 'url_verification', challenge: 'c1' } }), 'c1'],
    [
      'twitch',
      request({
        headers: { 'twitch-eventsub-message-type': 'webhook_callback_verification' },
        json: { challenge: 'c2' },
      }),
      'c2',
    ],
    ['front', request({ headers: { 'x-front-challenge': 'c3' }, json: {} }), 'c3'],
  ])('%s gets its challenge back as plain text', (sender, from, body) => {
    expect(answer(sender, [], from)).toEqual({
      status: 200,
      headers: { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' },
      body,
    });
  });

  it.each([
    ['monday', request({ json: { challenge: 'c' } }), { challenge: 'c' }],
    [
      'okta',
      request({ method: 'GET', headers: { 'x-okta-verification-challenge': 'c' } }),
      { verification: 'c' },
    ],
    [
      'smartsheet',
      request({ headers: { 'smartsheet-hook-challenge': 'c' }, json: {} }),
      { smartsheetHookResponse: 'c' },
    ],
    [
      'azure-event-grid',
      request({
        json: [
          { eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'c' } },
        ],
      }),
      { validationResponse: 'c' },
    ],
  ])('%s gets its challenge back in JSON', (sender, from, body) => {
    const reply = answer(sender, [], from);
    expect(reply?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(reply?.body ?? '')).toEqual(body);
  });

  it.each(['', '<script>alert(1)</script>\n', 'x'.repeat(1025), 'p\u00e4ss'])(
    '%j is not echoed',
    (challenge) => {
      const reply = answer(
        'dropbox',
        [],
        request({ method: 'GET', query: `?challenge=${encodeURIComponent(challenge)}` }),
      );
      expect(reply?.body ?? '').toBe('');
      expect(reply?.status ?? 400).toBe(400);
    },
  );

  it('Smartsheet and Event Grid get headers', () => {
    expect(
      answer('smartsheet', [], request({ headers: { 'smartsheet-hook-challenge': 'c' } }))?.headers[
        'smartsheet-hook-response'
      ],
    ).toBe('c');
    const options = request({
      method: 'OPTIONS',
      headers: { 'webhook-request-origin': 'eventgrid.azure.net' },
    });
    expect(answer('azure-event-grid', [], options)?.headers['webhook-allowed-origin']).toBe(
      'eventgrid.azure.net',
    );
  });

  it('X gets the HMAC of its token', () => {
    const expected = createHmac('sha256', SECRET).update('tok').digest('base64');
    const reply = answer('x', [SECRET], request({ method: 'GET', query: '?crc_token=tok' }));
    expect(JSON.parse(reply?.body ?? '')).toEqual({ response_token: `sha256=${expected}` });
    expect(answer('x', [], request({ method: 'GET', query: '?crc_token=tok' }))?.problem?.reason).toBe(
      'no_key',
    );
  });

  it('Zoom gets token and HMAC, and only if it signed the request', () => {
    const from = request({ json: { event: 'endpoint.url_validation', payload: { plainToken: 'p' } } });
    const reply = answer('zoom', [SECRET], signedBy('zoom', from));
    expect(JSON.parse(reply?.body ?? '')).toEqual({
      plainToken: 'p',
      encryptedToken: createHmac('sha256', SECRET).update('p').digest('hex'),
    });
    expect(answer('zoom', [SECRET], from)).toBeUndefined();
  });

  it('Zoom gets the HMAC under the secret it signed with, also while that one is being replaced', () => {
    const from = request({ json: { event: 'endpoint.url_validation', payload: { plainToken: 'p' } } });
    const reply = answer('zoom', ['the new secret', SECRET], signedBy('zoom', from));
    expect(JSON.parse(reply?.body ?? '')).toMatchObject({
      encryptedToken: createHmac('sha256', SECRET).update('p').digest('hex'),
    });
  });

  it("Braintree gets its public key and the HMAC under the private key's hash", () => {
    const from = request({ method: 'GET', query: '?bt_challenge=20f9f8ed05f77439fe955c977e4c8a53' });
    const key = createHash('sha1').update('priv').digest();
    const expected = createHmac('sha1', key).update('20f9f8ed05f77439fe955c977e4c8a53').digest('hex');
    expect(answer('braintree', [{ privateKey: 'priv', publicKey: 'pub' }], from)?.body).toBe(
      `pub|${expected}`,
    );
    expect(answer('braintree', ['priv'], from)?.problem?.reason).toBe('no_key');
  });

  it('Discord gets its PING answered only if it is signed', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const stored = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    const from = request({ json: { type: 1 } });
    const signed = { ...from, ...sign('discord', { ...from, secret: pem, at: AT }) };
    expect(answer('discord', [stored], signed)).toMatchObject({ status: 200, body: '{"type":1}' });
    const bad = { ...signed, rawBody: Buffer.from('{"type": 1}') };
    expect(answer('discord', [stored], bad)).toBeUndefined();
    expect(inspect(compilePolicy({ sender: 'discord', secrets: [stored] }), bad).refuse).toBe(true);
  });
});

describe('codes that the user chose', () => {
  const meta = (token: string): SignedRequest =>
    request({ method: 'GET', query: `?hub.mode=subscribe&hub.verify_token=${token}&hub.challenge=1` });

  it('Meta must know the verify token, once one is stored', () => {
    const secrets = [{ appSecret: SECRET, verifyToken: 'mine' }];
    expect(answer('meta', secrets, meta('mine'))).toMatchObject({ status: 200, body: '1' });
    expect(answer('meta', secrets, meta('other'))).toMatchObject({
      status: 403,
      body: '',
      problem: { reason: 'challenge_mismatch' },
    });
    expect(answer('meta', [SECRET], meta('other'))?.status).toBe(200);
  });

  it('Fitbit gets 204 for the right code and 404 for any other', () => {
    const secrets = [{ clientSecret: SECRET, verificationCode: 'right' }];
    expect(answer('fitbit', secrets, request({ method: 'GET', query: '?verify=right' }))?.status).toBe(204);
    expect(answer('fitbit', secrets, request({ method: 'GET', query: '?verify=wrong' }))?.status).toBe(404);
    expect(answer('fitbit', [], request({ method: 'GET', query: '?verify=right' }))?.status).toBe(404);
  });
});

describe('secrets that arrive in a handshake', () => {
  const asana = request({ headers: { 'x-hook-secret': 'b'.repeat(32) } });

  it("Asana's is echoed and kept", () => {
    expect(answer('asana', [], asana)).toMatchObject({
      status: 200,
      headers: { 'x-hook-secret': 'b'.repeat(32) },
      effect: { kind: 'store-secret', secret: 'b'.repeat(32) },
    });
  });

  it("Notion's and Atlassian's are kept", () => {
    expect(answer('notion', [], request({ json: { verification_token: 'secret_t' } }))?.effect).toEqual({
      kind: 'store-secret',
      secret: 'secret_t',
    });
    const installed = request({ json: { eventType: 'installed', sharedSecret: 'shh', clientKey: 'k' } });
    expect(answer('atlassian-connect-jwt', [], installed)?.effect).toEqual({
      kind: 'store-secret',
      secret: 'shh',
    });
  });

  it('none takes the place of a stored one', () => {
    const reply = answer('asana', [SECRET], asana);
    expect(reply).toMatchObject({ status: 409, problem: { reason: 'secret_already_stored' } });
    expect(reply).not.toHaveProperty('effect');
    expect(reply?.headers).toEqual({});
  });
});

describe('a subscription to confirm', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const stored = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
  const confirmation = (SubscribeURL: string): SignedRequest =>
    request({
      json: {
        Type: 'SubscriptionConfirmation',
        MessageId: 'm',
        Message: 'x',
        SubscribeURL,
        Timestamp: 't',
        Token: 'k',
        TopicArn: 'a',
      },
    });
  const genuine = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&Token=k';

  it('is confirmed if it is signed', () => {
    const signed = {
      ...confirmation(genuine),
      ...sign('aws-sns', { ...confirmation(genuine), secret: pem, at: AT }),
    };
    expect(answer('aws-sns', [stored], signed)).toMatchObject({
      status: 200,
      effect: { kind: 'http-get', url: genuine },
    });
  });

  it.each([
    'http://sns.eu-west-1.amazonaws.com/',
    'https://sns.eu-west-1.amazonaws.com.evil.example/',
    'https://user@sns.eu-west-1.amazonaws.com/',
    'https://sns.eu-west-1.amazonaws.com:8443/',
    'https://evil.example/?sns.eu-west-1.amazonaws.com',
  ])('never leads to %s', (url) => {
    const signed = {
      ...confirmation(url),
      ...sign('aws-sns', { ...confirmation(url), secret: pem, at: AT }),
    };
    expect(answer('aws-sns', [stored], signed)).toMatchObject({
      status: 400,
      problem: { reason: 'bad_challenge' },
    });
  });

  it('is left to a person while the key is not at hand', () => {
    const SigningCertURL = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0a.pem';
    const unchecked = request({
      json: {
        Type: 'SubscriptionConfirmation',
        SignatureVersion: '2',
        Signature: 'AAAA',
        SigningCertURL,
        SubscribeURL: genuine,
      },
    });
    const reply = answer('aws-sns', [], unchecked);
    expect(reply).toMatchObject({ status: 200, problem: { reason: 'key_not_fetched' } });
    expect(reply).not.toHaveProperty('effect');
    const unsigned = answer('aws-sns', [], confirmation(genuine));
    expect(unsigned).toMatchObject({ status: 200, problem: { reason: 'no_key' } });
    expect(unsigned).not.toHaveProperty('effect');
  });
});

describe('pings and probes', () => {
  const ping = request({
    headers: { 'x-github-event': 'ping', 'x-github-delivery': 'd' },
    json: { zen: 'z' },
  });

  it('an unsigned ping is a handshake, with and without a secret', () => {
    expect(answer('github', [], ping)).toEqual({ status: 200, headers: {}, body: '' });
    expect(answer('github', [SECRET], ping)?.status).toBe(200);
  });

  it('a ping that arrives as a signed delivery is an ordinary event', () => {
    const signed = signedBy('github', ping);
    expect(answer('github', [SECRET], signed)).toBeUndefined();
    expect(inspect(compilePolicy({ sender: 'github', secrets: [SECRET] }), signed)).toMatchObject({
      verification: { status: 'verified' },
      type: 'ping',
    });
  });

  it.each([
    ['trello', request({ method: 'HEAD' })],
    ['mandrill', request({ method: 'HEAD' })],
    ['surveymonkey', request({ method: 'HEAD' })],
    ['intercom', request({ method: 'HEAD' })],
    ['mailchimp', request({ method: 'GET' })],
    ['woocommerce', request({ form: 'webhook_id=7' })],
    ['figma', request({ json: { event_type: 'PING', passcode: 'p' } })],
    ['line', request({ json: { destination: 'U', events: [] } })],
    ['slack', request({ form: 'ssl_check=1&token=t' })],
    ['wise', request({ headers: { 'x-test-notification': 'true' }, json: {} })],
    [
      'google-channels',
      request({ headers: { 'x-goog-resource-state': 'sync', 'x-goog-channel-token': 't' } }),
    ],
  ])('%s is answered 200', (sender, from) => {
    expect(answer(sender, [SECRET], from)?.status).toBe(200);
  });

  it('ordinary requests are none', () => {
    expect(
      answer('github', [SECRET], request({ headers: { 'x-github-event': 'push' }, json: {} })),
    ).toBeUndefined();
    expect(answer('slack', [SECRET], request({ json: { type: 'event_callback' } }))).toBeUndefined();
    expect(answer('any', [], request({ method: 'GET', query: '?challenge=1' }))).toBeUndefined();
    expect(
      answer('monday', [], request({ json: { challenge: 'c', pad: 'x'.repeat(70_000) } })),
    ).toBeUndefined();
  });
});
