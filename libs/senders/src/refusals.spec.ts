import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspect, type Inspection } from './inspect.js';
import type { SenderPolicy } from './compiled-policy.js';
import { compilePolicy } from './policy.js';
import type { SignedRequest } from './request/request.js';
import { sign, type SignInput } from './sign/sign.js';

const AT = 1_795_000_000;
const BODY = Buffer.from('{"id":"evt_1","type":"order.paid"}');
const SECRET = 'correct horse battery';

function signed(sender: string, input: Partial<SignInput> = {}): SignedRequest {
  const rawBody = input.rawBody ?? BODY;
  const method = input.method ?? 'POST';
  const request = {
    secret: SECRET,
    method,
    url: 'https://hooks.example.com/hooks/abc',
    headers: {},
    rawBody,
    at: AT,
    ...input,
  };
  return { method, ...sign(sender, request), receivedAt: AT };
}

function judged(policy: Partial<SenderPolicy>, request: SignedRequest): Inspection {
  return inspect(compilePolicy({ sender: 'github', secrets: [SECRET], ...policy }), request);
}

function verdict(policy: Partial<SenderPolicy>, request: SignedRequest): string {
  const { verification } = judged(policy, request);
  return verification.reason ?? verification.status;
}

function withHeader(request: SignedRequest, name: string, value: string): SignedRequest {
  return { ...request, headers: { ...request.headers, [name]: value } };
}

function hexHmac(algorithm: string, text: string | Buffer): string {
  return createHmac(algorithm, SECRET).update(text).digest('hex');
}

describe('without a secret', () => {
  it('a sender that signs is unchecked and let in', () => {
    expect(judged({ secrets: [] }, signed('github'))).toMatchObject({
      refuse: false,
      verification: { status: 'unchecked', reason: 'no_key' },
    });
  });

  it.each(['any', 'salesforce'])('%s, which offers no check, has none, with a secret too', (sender) => {
    expect(judged({ sender, secrets: [] }, signed('github'))).toMatchObject({
      refuse: false,
      verification: { status: 'none' },
    });
    expect(judged({ sender }, signed('github'))).toMatchObject({
      refuse: false,
      verification: { status: 'none' },
    });
  });

  it('a scheme that checks nothing counts only when it is chosen', () => {
    const bare: SignedRequest = { ...signed('mollie'), headers: {} };
    expect(verdict({ sender: 'mollie' }, bare)).toBe('missing_signature');
    expect(verdict({ sender: 'mollie', scheme: 'classic' }, bare)).toBe('none');
  });
});

describe('a policy that cannot be followed', () => {
  it.each([
    [{ sender: 'nobody' }, 'unknown_sender'],
    [{ scheme: 'nothing' }, 'unknown_scheme'],
    [{ sender: 'hmac' }, 'malformed_rule'],
    [
      {
        sender: 'hmac',
        verify: { header: 'X-Sig', algorithm: 'sha256', encoding: 'hex', template: '{timestamp}.{body}' },
      },
      'malformed_rule',
    ],
    [
      {
        sender: 'hmac',
        verify: { header: 'X-Sig', algorithm: 'sha256', encoding: 'hex', template: '{constructor}' },
      },
      'malformed_rule',
    ],
    [{ sender: 'adyen', secrets: ['not hex'] }, 'malformed_key'],
    [{ sender: 'svix', secrets: ['whsec_!!!'] }, 'malformed_key'],
    [{ sender: 'svix', secrets: ['whsec_'] }, 'malformed_key'],
    [{ sender: 'discord', secrets: ['abcd'] }, 'malformed_key'],
    [{ sender: 'github', secrets: [''] }, 'malformed_key'],
    [{ sender: 'github', secrets: [{ other: 'x' }] }, 'malformed_key'],
    [{ sender: 'postmark', secrets: [{ user: 'only' }] }, 'malformed_key'],
  ] satisfies [Partial<SenderPolicy>, string][])('%j lets nothing through: %s', (policy, reason) => {
    expect(judged(policy, signed('github'))).toMatchObject({
      refuse: true,
      verification: { status: 'failed', reason },
    });
  });

  it('a key to be fetched for one scheme does not open the other', () => {
    expect(
      judged(
        { sender: 'google-pubsub', secrets: ['url token'] },
        withHeader(signed('github'), 'authorization', 'Bearer a.b.c'),
      ),
    ).toMatchObject({ refuse: true });
  });
});

describe('algorithm downgrade', () => {
  it('SHA-1 alone is accepted where a sender still offers it', () => {
    expect(verdict({}, signed('github', { scheme: 'legacy-sha1' }))).toBe('verified');
  });

  it('a right SHA-1 signature does not save a wrong SHA-256 one', () => {
    const request = withHeader(
      signed('github', { scheme: 'legacy-sha1' }),
      'x-hub-signature-256',
      `sha256=${'0'.repeat(64)}`,
    );
    expect(verdict({}, request)).toBe('signature_mismatch');
  });

  it('a scheme that is not chosen does not count', () => {
    expect(verdict({ scheme: 'default' }, signed('github', { scheme: 'legacy-sha1' }))).toBe(
      'missing_signature',
    );
  });

  it.each(['none', 'HS256', 'RS256', 'hs384', ''])('a token that names %j is not believed', (alg) => {
    const [, payload = ''] = (signed('netlify').headers['x-webhook-signature'] ?? '').split('.');
    const header = Buffer.from(JSON.stringify({ alg })).toString('base64url');
    const token = `${header}.${payload}.${alg === 'HS256' ? 'AAAA' : ''}`;
    expect(
      judged({ sender: 'netlify' }, withHeader(signed('netlify'), 'x-webhook-signature', token)).refuse,
    ).toBe(true);
  });

  it('a public key is never used as a shared one', () => {
    const key =
      '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=\n-----END PUBLIC KEY-----';
    const forged = signed('netlify', { secret: key }).headers['x-webhook-signature'] ?? '';
    const request = withHeader(signed('github'), 'plaid-verification', forged);
    expect(judged({ sender: 'plaid', secrets: [{ publicKey: key }] }, request).refuse).toBe(true);
  });
});

describe('doubled and missing parts', () => {
  it('a doubled signature header is refused where one is expected, right as both may be', () => {
    const request = signed('github');
    const right = request.headers['x-hub-signature-256'] ?? '';
    expect(verdict({}, withHeader(request, 'x-hub-signature-256', `${right}, ${right}`))).toBe(
      'malformed_signature',
    );
  });

  it('any signature of a list counts', () => {
    const right = signed('stripe').headers['stripe-signature'] ?? '';
    const among = right.replace(',v1=', `,v1=${'0'.repeat(64)},v0=${'1'.repeat(64)},v1=`);
    expect(verdict({ sender: 'stripe' }, withHeader(signed('stripe'), 'stripe-signature', among))).toBe(
      'verified',
    );
  });

  it('only entries of the right version count', () => {
    const right = signed('stripe').headers['stripe-signature'] ?? '';
    expect(
      verdict(
        { sender: 'stripe' },
        withHeader(signed('stripe'), 'stripe-signature', right.replace('v1=', 'v0=')),
      ),
    ).toBe('malformed_signature');
  });

  it('a doubled timestamp header is not readable', () => {
    const request = signed('slack');
    const time = request.headers['x-slack-request-timestamp'] ?? '';
    expect(
      judged({ sender: 'slack' }, withHeader(request, 'x-slack-request-timestamp', `${time}, ${time}`))
        .refuse,
    ).toBe(true);
    const generic = {
      header: 'x-sig',
      algorithm: 'sha256',
      encoding: 'hex',
      timestampHeader: 'x-time',
    } as const;
    const own = { ...request, headers: { 'x-sig': hexHmac('sha256', BODY), 'x-time': `${AT}, ${AT}` } };
    expect(verdict({ sender: 'hmac', verify: generic }, own)).toBe('malformed_timestamp');
  });

  it.each([
    ['x-slack-request-timestamp', 'missing_timestamp'],
    ['x-slack-signature', 'missing_signature'],
  ])('without %s Slack is refused: %s', (header, reason) => {
    expect(verdict({ sender: 'slack' }, withHeader(signed('slack'), header, ''))).toBe(reason);
  });

  it('an id that is signed must be there', () => {
    const secret = `whsec_${Buffer.from(SECRET).toString('base64')}`;
    expect(
      verdict({ sender: 'svix', secrets: [secret] }, withHeader(signed('svix', { secret }), 'svix-id', '')),
    ).toBe('missing_input');
  });

  it('header names from the prototype are not headers', () => {
    expect(
      verdict(
        { sender: 'hmac', verify: { header: '__proto__', algorithm: 'sha256', encoding: 'hex' } },
        signed('github'),
      ),
    ).toBe('missing_signature');
  });
});

describe('signatures that do not cover everything', () => {
  it("Twilio's signature over a bare URL vouches for no JSON body", () => {
    const url = 'https://hooks.example.com/hooks/abc';
    const request = signed('twilio', { url, rawBody: Buffer.alloc(0), headers: {} });
    expect(verdict({ sender: 'twilio' }, request)).toBe('verified');
    const forged = {
      ...request,
      rawBody: BODY,
      headers: { ...request.headers, 'content-type': 'application/json' },
    };
    expect(judged({ sender: 'twilio' }, forged).refuse).toBe(true);
  });

  it('a second Adyen item, which nothing covers, is refused', () => {
    const key = '44782def547aaa06c910c43932b1eb0c';
    const item = {
      pspReference: 'P',
      eventCode: 'AUTHORISATION',
      success: 'true',
      amount: { value: 1, currency: 'EUR' },
    };
    const rawBody = Buffer.from(JSON.stringify({ notificationItems: [{ NotificationRequestItem: item }] }));
    const one = signed('adyen', { secret: key, rawBody });
    expect(verdict({ sender: 'adyen', secrets: [key] }, one)).toBe('verified');
    const text = Buffer.from(one.rawBody).toString().replace(/\]\}$/, ',{"NotificationRequestItem":{}}]}');
    expect(verdict({ sender: 'adyen', secrets: [key] }, { ...one, rawBody: Buffer.from(text) })).toBe(
      'unsigned_content',
    );
  });

  it("Contentful's list of signed headers must hold the timestamp", () => {
    const secret = 'a'.repeat(64);
    const request = signed('contentful', { secret });
    expect(
      verdict(
        { sender: 'contentful', secrets: [secret] },
        withHeader(request, 'x-contentful-signed-headers', 'x-contentful-signed-headers'),
      ),
    ).toBe('missing_input');
  });

  it('a repeated form field is no signed value', () => {
    const request = signed('braintree', { rawBody: Buffer.from('x=1') });
    const doubled = {
      ...request,
      rawBody: Buffer.concat([request.rawBody, Buffer.from('&bt_payload=other')]),
    };
    expect(verdict({ sender: 'braintree' }, request)).toBe('verified');
    expect(judged({ sender: 'braintree' }, doubled).refuse).toBe(true);
  });

  it('a token without a claim for the body vouches for an empty body only', () => {
    const empty = signed('livekit', { rawBody: Buffer.alloc(0) });
    expect(verdict({ sender: 'livekit' }, empty)).toBe('verified');
    expect(verdict({ sender: 'livekit' }, { ...empty, rawBody: BODY })).toBe('body_hash_mismatch');
  });
});

describe('tokens', () => {
  it('old, future and foreign ones are refused', () => {
    const request = signed('vonage');
    expect(verdict({ sender: 'vonage' }, { ...request, receivedAt: AT + 302 })).toBe('timestamp_too_old');
    expect(verdict({ sender: 'vonage' }, { ...request, receivedAt: AT - 60 })).toBe('timestamp_in_future');
    expect(
      verdict(
        { sender: 'upstash-qstash' },
        { ...signed('upstash-qstash'), url: 'https://hooks.example.com/hooks/other' },
      ),
    ).toBe('claim_mismatch');
    expect(
      verdict(
        { sender: 'messagebird' },
        { ...signed('messagebird'), url: 'https://hooks.example.com/hooks/other' },
      ),
    ).toBe('body_hash_mismatch');
  });

  it('every item of a batch must hold the shared token', () => {
    const body = (...states: string[]): Buffer =>
      Buffer.from(JSON.stringify({ value: states.map((clientState) => ({ clientState })) }));
    const request = { ...signed('ms-graph'), rawBody: body(SECRET, SECRET) };
    expect(verdict({ sender: 'ms-graph' }, request)).toBe('verified');
    expect(verdict({ sender: 'ms-graph' }, { ...request, rawBody: body(SECRET, 'other') })).toBe(
      'token_mismatch',
    );
  });

  it('a shared token may come with or without Bearer', () => {
    for (const value of [SECRET, `Bearer ${SECRET}`, `bearer ${SECRET}`]) {
      expect(verdict({ sender: 'strapi' }, withHeader(signed('github'), 'authorization', value))).toBe(
        'verified',
      );
    }
    expect(verdict({ sender: 'strapi' }, withHeader(signed('github'), 'authorization', 'Bearer '))).toBe(
      'token_mismatch',
    );
  });
});

describe('hints', () => {
  it('never hold the secret or the right signature', () => {
    const request = { ...signed('github'), rawBody: Buffer.from('changed') };
    const hint = judged({}, request).verification.hint ?? '';
    expect(hint).toContain('GitHub');
    expect(hint).not.toContain(SECRET);
    expect(hint).not.toContain(hexHmac('sha256', 'changed'));
  });

  it('say by how much a request is late', () => {
    expect(
      judged({ sender: 'stripe' }, { ...signed('stripe'), receivedAt: AT + 412 }).verification.hint,
    ).toContain('412 s before it arrived');
  });

  it('mention the public URL where it is signed', () => {
    const request = { ...signed('square'), url: 'https://proxy.example.com/hooks/abc' };
    expect(judged({ sender: 'square' }, request).verification.hint).toContain('public URL');
  });
});

describe('the generic HMAC check', () => {
  it.each([
    [
      { header: 'X-Signature', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=' },
      `sha256=${hexHmac('sha256', BODY)}`,
    ],
    [
      { header: 'X-Signature', algorithm: 'sha512', encoding: 'base64' },
      createHmac('sha512', SECRET).update(BODY).digest('base64'),
    ],
    [
      { header: 'X-Signature', algorithm: 'sha384', encoding: 'base64url' },
      createHmac('sha384', SECRET).update(BODY).digest('base64url'),
    ],
    [
      { header: 'X-Signature', algorithm: 'sha1', encoding: 'hex', template: '{method}:{path}:{body}' },
      hexHmac('sha1', Buffer.concat([Buffer.from('POST:/hooks/abc:'), BODY])),
    ],
  ] as const)('follows %j', (verify, signature) => {
    const request = { ...signed('any'), headers: { 'x-signature': signature } };
    expect(verdict({ sender: 'hmac', verify }, request)).toBe('verified');
    expect(verdict({ sender: 'hmac', verify }, { ...request, rawBody: Buffer.from('{}') })).toBe(
      'signature_mismatch',
    );
    expect(verdict({ sender: 'hmac', verify }, signed('hmac', { verify }))).toBe('verified');
  });

  it.each([String(AT), String(AT * 1000), new Date(AT * 1000).toISOString()])('reads the time %s', (time) => {
    const verify = {
      header: 'x-sig',
      algorithm: 'sha256',
      encoding: 'hex',
      template: 'v0:{timestamp}:{body}',
      timestampHeader: 'X-Time',
    } as const;
    const text = Buffer.concat([Buffer.from(`v0:${time}:`), BODY]);
    const request = { ...signed('any'), headers: { 'x-sig': hexHmac('sha256', text), 'x-time': time } };
    expect(verdict({ sender: 'hmac', verify }, request)).toBe('verified');
    expect(verdict({ sender: 'hmac', verify }, { ...request, receivedAt: AT + 301 })).toBe(
      'timestamp_too_old',
    );
    expect(verdict({ sender: 'hmac', verify }, { ...request, receivedAt: AT - 301 })).toBe(
      'timestamp_in_future',
    );
  });
});
