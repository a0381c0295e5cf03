import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.js';
import { compilePolicy } from './policy.js';
import type { SecretValue } from './keys/secret-key.js';
import type { SignedRequest } from './request/request.js';

const AT = 1_795_000_000;
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

interface Vector {
  name: string;
  sender: string;
  scheme?: string;
  secret: SecretValue;
  request: Partial<Omit<SignedRequest, 'rawBody'>>;
  body: string;
}

/** Signatures that vendors publish, or that their own libraries made; never our own. */
const VECTORS: Vector[] = [
  {
    name: "GitHub's documentation",
    sender: 'github',
    secret: "It's a Secret to Everybody",
    body: 'Hello, World!',
    request: {
      headers: {
        'x-hub-signature-256': 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17',
      },
    },
  },
  {
    name: "Slack's documentation",
    sender: 'slack',
    secret: '8f742231b10e8888abcd99yyyzzz85a5',
    body: 'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
    request: {
      receivedAt: 1_531_420_618,
      headers: {
        'x-slack-request-timestamp': '1531420618',
        'x-slack-signature': 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
      },
    },
  },
  {
    name: 'the Standard Webhooks specification',
    sender: 'standard-webhooks',
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    body: '{"test": 2432232314}',
    request: {
      receivedAt: 1_614_265_330,
      headers: {
        'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
        'webhook-timestamp': '1614265330',
        'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
      },
    },
  },
  {
    name: "Twilio's documentation",
    sender: 'twilio',
    secret: '12345',
    body: 'CallSid=CA1234567890ABCDE&Caller=%2B14158675309&Digits=1234&From=%2B14158675309&To=%2B18005551212',
    request: {
      url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
      headers: { ...FORM, 'x-twilio-signature': 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' },
    },
  },
  {
    name: "Twilio's library, with a repeated field",
    sender: 'twilio',
    secret: '12345',
    body: 'Tag=b&Tag=a&Tag=b&Body=%C3%A4',
    request: { headers: { ...FORM, 'x-twilio-signature': '6Uu0Cl+AI8LkBjGDVRdx+lljtZs=' } },
  },
  {
    name: "Adyen's documentation",
    sender: 'adyen',
    scheme: 'payments',
    secret: '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056',
    body: JSON.stringify({
      notificationItems: [
        {
          NotificationRequestItem: {
            pspReference: '7914073381342284',
            merchantAccountCode: 'TestMerchant',
            merchantReference: 'TestPayment-1407325143704',
            amount: { value: 1130, currency: 'EUR' },
            eventCode: 'AUTHORISATION',
            success: 'true',
            additionalData: { hmacSignature: 'coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=' },
          },
        },
      ],
    }),
    request: {},
  },
  {
    name: "HubSpot's library, v3",
    sender: 'hubspot',
    scheme: 'v3',
    secret: 'cs',
    body: '{"a":"\u00e4"}',
    request: {
      url: 'https://h.example/hooks/t?a=b',
      headers: {
        'x-hubspot-request-timestamp': '1795000000000',
        'x-hubspot-signature-v3': 'Yb0fI0VA2uD9TxZ9EmQL0F3/EtD3s9OtgylzOLC24+o=',
      },
    },
  },
  {
    name: "HubSpot's library, v2",
    sender: 'hubspot',
    secret: 'cs',
    body: '{"a":"\u00e4"}',
    request: {
      url: 'https://h.example/hooks/t?a=b',
      headers: { 'x-hubspot-signature': '1c437ec68c451078a2ad408969fd1bcef5956d3193a7413bb69e0644235a768d' },
    },
  },
  {
    name: "HubSpot's library, v1",
    sender: 'hubspot',
    secret: 'cs',
    body: '{"a":"\u00e4"}',
    request: {
      headers: { 'x-hubspot-signature': 'd1d6ba114a9528e72ff0b3a0c695482ba13e04f4a0a7cb76c7e86c921af3e3e0' },
    },
  },
  {
    name: "Contentful's library, with a query",
    sender: 'contentful',
    secret: 'a'.repeat(64),
    body: '{"a":1}',
    request: {
      url: 'https://h.example/hooks/t?x=1&y=a%20b',
      headers: {
        'x-b': ' v ',
        'x-contentful-signature': 'a7d8fad81d831890cc5ecc89c449b36a072956348e782ae2b5ebfbf0f317481b',
        'x-contentful-signed-headers': 'x-b,x-contentful-signed-headers,x-contentful-timestamp',
        'x-contentful-timestamp': '1795000000000',
      },
    },
  },
  {
    name: "Hygraph's library",
    sender: 'hygraph',
    secret: 'sec',
    body: '{"\u00e4": 1}',
    request: {
      headers: {
        'gcms-signature': 'sign=oQr3S4Jdn1ZpYYsP1zVMeELS0pM6UhL2NCTlN2d3D/U=, env=master, t=1795000000000',
      },
    },
  },
  {
    name: "Plivo's library",
    sender: 'plivo',
    secret: 'tok',
    body: 'b=y&a=1',
    request: {
      url: 'https://h.example/hooks/t?z=1&a=2',
      headers: {
        ...FORM,
        'x-plivo-signature-v3': 'AAAA,z37plIEtR/tWpoeq7jcPA3OnKC2dHk9KaU84M16/3xg=',
        'x-plivo-signature-v3-nonce': '12345',
      },
    },
  },
];

describe('published signatures', () => {
  it.each(VECTORS)('of $name hold', ({ sender, scheme, secret, request, body }) => {
    const policy = compilePolicy({ sender, scheme, secrets: [secret] });
    const whole = {
      method: 'POST',
      url: 'https://h.example/hooks/t',
      headers: {},
      receivedAt: AT,
      ...request,
    };
    expect(inspect(policy, { ...whole, rawBody: Buffer.from(body) }).verification).toEqual({
      status: 'verified',
    });
    expect(inspect(policy, { ...whole, rawBody: Buffer.from(body.replace(/[2s]/, '3')) }).refuse).toBe(
      body.replace(/[2s]/, '3') !== body,
    );
  });
});
