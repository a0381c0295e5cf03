import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { inspect } from '../src/inspect.js';
import { compilePolicy } from '../src/policy.js';
import { sign } from '../src/sign/sign.js';

/** They stand in a package of their own, which has no place among the types of ours. */
const load: (name: string) => any = createRequire(import.meta.url);

/** What is delivered: the signature is where the sender puts it, be it in the body. */
interface Letter {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

interface Judge {
  readonly sender: string;
  readonly scheme?: string;
  readonly secret: string;
  readonly unsigned: Partial<Letter> & Pick<Letter, 'body'>;
  /** Where the library can sign. */
  sign?(letter: Letter): Letter;
  accepts(letter: Letter): boolean | Promise<boolean>;
}

const NOW = Math.floor(Date.now() / 1000);
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const JSON_TYPE = { 'content-type': 'application/json' };
const ORDER = '{"id":"evt_1","event_type":"order.paid","note":"\u00e4 & \\u00e4","amount":1130}\n';
const HEX_KEY = '44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056';

const pathOf = (url: string): string => url.slice(new URL(url).origin.length);

const adyen = new (load('@adyen/api-library').hmacValidator)();
const notified = ({ body }: Letter) => JSON.parse(body).notificationItems[0].NotificationRequestItem;
const contentful = load('@contentful/node-apps-toolkit');
const asContentful = ({ url, headers, body }: Letter) => ({
  method: 'POST',
  path: pathOf(url),
  headers,
  body,
});
const line = load('@line/bot-sdk');
const slack = load('@slack/bolt');
const square = load('square');
const twilio = load('twilio');
const { shopifyApi } = load('@shopify/shopify-api');
load('@shopify/shopify-api/adapters/node');
const shopify = shopifyApi({
  apiKey: 'unused',
  apiSecretKey: 'secret',
  hostName: 'h.example',
  apiVersion: '2026-10',
  isEmbeddedApp: false,
  logger: { log: () => undefined },
});
const { Paddle } = load('@paddle/paddle-node-sdk');
const paddle = new Paddle('unused');

const JUDGES: Record<string, Judge> = {
  'Adyen, payments': {
    sender: 'adyen',
    scheme: 'payments',
    secret: HEX_KEY,
    unsigned: {
      body: JSON.stringify({
        notificationItems: [
          {
            NotificationRequestItem: {
              pspReference: '7914073381342284',
              merchantAccountCode: 'TestMerchant',
              amount: { value: 1130, currency: 'EUR' },
              eventCode: 'AUTHORISATION',
              success: 'true',
            },
          },
        ],
      }),
    },
    sign(letter) {
      const NotificationRequestItem = notified(letter);
      const hmacSignature = adyen.calculateHmac(NotificationRequestItem, HEX_KEY);
      const item = { ...NotificationRequestItem, additionalData: { hmacSignature } };
      return {
        ...letter,
        body: JSON.stringify({ notificationItems: [{ NotificationRequestItem: item }] }),
      };
    },
    accepts: (letter) => adyen.validateHMAC(notified(letter), HEX_KEY),
  },
  'Adyen, platform': {
    sender: 'adyen',
    scheme: 'platform',
    secret: HEX_KEY,
    unsigned: { body: ORDER },
    sign: (letter) => ({ ...letter, headers: { hmacsignature: adyen.calculateHmac(letter.body, HEX_KEY) } }),
    accepts: ({ headers, body }) =>
      adyen.validateHMACSignature(HEX_KEY, headers['hmacsignature'] ?? '', body),
  },
  Contentful: {
    sender: 'contentful',
    secret: 'a'.repeat(64),
    unsigned: { body: ORDER, headers: { 'x-contentful-topic': 'ContentManagement.Entry.publish' } },
    sign: (letter) => ({
      ...letter,
      headers: {
        ...letter.headers,
        ...contentful.signRequest('a'.repeat(64), asContentful(letter), NOW * 1000),
      },
    }),
    accepts: (letter) => contentful.verifyRequest('a'.repeat(64), asContentful(letter), 60),
  },
  LINE: {
    sender: 'line',
    secret: 'secret',
    unsigned: { body: ORDER },
    accepts: ({ headers, body }) => line.validateSignature(body, 'secret', headers['x-line-signature']),
  },
  Paddle: {
    sender: 'paddle',
    secret: 'pdl_ntfset_secret',
    unsigned: { body: ORDER },
    accepts: ({ headers, body }) =>
      paddle.webhooks.isSignatureValid(body, 'pdl_ntfset_secret', headers['paddle-signature']),
  },
  Shopify: {
    sender: 'shopify',
    secret: 'secret',
    unsigned: {
      body: ORDER,
      headers: {
        'x-shopify-topic': 'orders/paid',
        'x-shopify-shop-domain': 'shop.myshopify.com',
        'x-shopify-api-version': '2026-10',
        'x-shopify-webhook-id': 'w-1',
      },
    },
    async accepts({ headers, body }) {
      const rawRequest = { method: 'POST', url: '/hooks/t', headers };
      return (await shopify.webhooks.validate({ rawBody: body, rawRequest, rawResponse: {} })).valid;
    },
  },
  'Slack, by Bolt': {
    sender: 'slack',
    secret: 'secret',
    unsigned: { body: 'token=a&text=1130', headers: FORM },
    accepts: ({ headers, body }) =>
      slack.isValidSlackRequest({
        signingSecret: 'secret',
        body,
        headers: {
          'x-slack-signature': headers['x-slack-signature'],
          'x-slack-request-timestamp': Number(headers['x-slack-request-timestamp']),
        },
      }),
  },
  Square: {
    sender: 'square',
    secret: 'secret',
    unsigned: { body: ORDER },
    accepts: ({ url, headers, body }) =>
      square.WebhooksHelper.verifySignature({
        requestBody: body,
        signatureHeader: headers['x-square-hmacsha256-signature'],
        signatureKey: 'secret',
        notificationUrl: url,
      }),
  },
  'Twilio, forms': {
    sender: 'twilio',
    scheme: 'form',
    secret: 'token',
    unsigned: { body: 'To=%2B1130&Body=%C3%A4+b&From=%2B2', headers: FORM },
    sign: (letter) => ({
      ...letter,
      headers: {
        ...letter.headers,
        'x-twilio-signature': twilio.getExpectedTwilioSignature('token', letter.url, fieldsOf(letter)),
      },
    }),
    accepts: (letter) =>
      twilio.validateRequest('token', letter.headers['x-twilio-signature'], letter.url, fieldsOf(letter)),
  },
  'Twilio, JSON': {
    sender: 'twilio',
    scheme: 'json',
    secret: 'token',
    unsigned: { body: ORDER },
    sign(letter) {
      const url = `${letter.url}&bodySHA256=${twilio.getExpectedBodyHash(letter.body)}`;
      const signature = twilio.getExpectedTwilioSignature('token', url, {});
      return { ...letter, url, headers: { ...letter.headers, 'x-twilio-signature': signature } };
    },
    accepts: ({ url, headers, body }) =>
      twilio.validateRequestWithBody('token', headers['x-twilio-signature'], url, body),
  },
};

function fieldsOf({ body }: Letter): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(body));
}

function unsignedOf({ unsigned }: Judge): Letter {
  return { url: 'https://h.example/hooks/t?from=here', headers: JSON_TYPE, ...unsigned };
}

function signedByUs(judge: Judge): Letter {
  const { body, ...rest } = unsignedOf(judge);
  const { sender, scheme, secret } = judge;
  const rawBody = Buffer.from(body);
  const signed = sign(sender, { ...rest, method: 'POST', rawBody, secret, scheme, at: NOW });
  return { url: signed.url, headers: signed.headers, body: signed.rawBody.toString() };
}

function isVerified({ sender, scheme, secret }: Judge, { url, headers, body }: Letter): boolean {
  const request = { method: 'POST', url, headers, rawBody: Buffer.from(body), receivedAt: NOW };
  const { verification } = inspect(compilePolicy({ sender, scheme, secrets: [secret] }), request);
  return verification.status === 'verified';
}

const tampered = (letter: Letter): Letter => ({ ...letter, body: letter.body.replace('1130', '1131') });
const rows = Object.entries(JUDGES);

// Some grant a few seconds only.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: NOW * 1000 });
});
afterAll(() => {
  vi.useRealTimers();
});

describe("vendors' own libraries, which are too large to be installed for everyone", () => {
  it.each(rows)('%s accepts what we sign, and not what somebody changed', async (_name, judge) => {
    const letter = signedByUs(judge);
    expect(isVerified(judge, letter)).toBe(true);
    expect(await judge.accepts(letter)).toBe(true);
    expect(tampered(letter).body).not.toBe(letter.body);
    expect(isVerified(judge, tampered(letter))).toBe(false);
    expect(await judge.accepts(tampered(letter))).toBe(false);
  });

  it.each(rows.filter(([, judge]) => judge.sign))('%s signs what we verify', (_name, judge) => {
    const letter = judge.sign?.(unsignedOf(judge)) ?? unsignedOf(judge);
    expect(isVerified(judge, letter)).toBe(true);
    expect(isVerified(judge, tampered(letter))).toBe(false);
    expect(isVerified({ ...judge, secret: judge.secret.replace(/^./, 'b') }, letter)).toBe(false);
  });
});
