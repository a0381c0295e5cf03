import { createRequire } from 'node:module';
import { generateWebhookSignature, verifyWebhookSignature as verifyHygraph } from '@hygraph/utils';
import { signWebhookPayload, verifyWebhookSignature as verifyNotion } from '@notionhq/client';
import { sign as signGitHub, verify as verifyGitHub } from '@octokit/webhooks-methods';
import { encodeSignatureHeader, isValidSignature } from '@sanity/webhook';
import { Webhook as StandardWebhook } from 'standardwebhooks';
import Stripe from 'stripe';
import { Webhook as SvixWebhook } from 'svix';
import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.js';
import { compilePolicy } from './policy.js';
import { sign } from './sign/sign.js';

/** Libraries that bring no types of their own that can be read here. */
const load: (name: string) => any = createRequire(import.meta.url);

const BODY = '{"id":"evt_1","type":"order.paid","note":"\u00e4 & \\u00e4"}\r\n';
const TAMPERED = BODY.replace('evt_1', 'evt_2');
const NOW = Math.floor(Date.now() / 1000);
const BASE64_SECRET = `whsec_${Buffer.from('twenty-four bytes of key').toString('base64')}`;

function judged(sender: string, secret: string, headers: Record<string, string>, rawBody = BODY): string {
  const request = {
    method: 'POST',
    url: 'https://h.example/hooks/t',
    headers,
    rawBody: Buffer.from(rawBody),
    receivedAt: NOW,
  };
  const { verification } = inspect(compilePolicy({ sender, secrets: [secret] }), request);
  return verification.reason ?? verification.status;
}

function signed(sender: string, secret: string, rawBody = BODY): Record<string, string> {
  const input = {
    secret,
    method: 'POST',
    url: 'https://h.example/hooks/t',
    headers: {},
    rawBody: Buffer.from(rawBody),
    at: NOW,
  };
  return sign(sender, input).headers;
}

describe("vendors' own libraries", () => {
  const stripe = new Stripe('sk_test_unused');

  it('Stripe signs what we verify', () => {
    const header = stripe.webhooks.generateTestHeaderString({
      payload: BODY,
      secret: 'whsec_x',
      timestamp: NOW,
    });
    expect(judged('stripe', 'whsec_x', { 'stripe-signature': header })).toBe('verified');
    expect(judged('stripe', 'whsec_y', { 'stripe-signature': header })).toBe('signature_mismatch');
    expect(judged('stripe', 'whsec_x', { 'stripe-signature': header }, BODY.trim())).toBe(
      'signature_mismatch',
    );
  });

  it('Stripe verifies what we sign', () => {
    const header = signed('stripe', 'whsec_x')['stripe-signature'] ?? '';
    expect(stripe.webhooks.constructEvent(BODY, header, 'whsec_x')).toMatchObject({ id: 'evt_1' });
  });

  it('Octokit signs what we verify, and verifies what we sign', async () => {
    expect(judged('github', 'secret', { 'x-hub-signature-256': await signGitHub('secret', BODY) })).toBe(
      'verified',
    );
    const ours = signed('github', 'secret');
    expect(await verifyGitHub('secret', BODY, ours['x-hub-signature-256'] ?? '')).toBe(true);
    expect(await verifyGitHub('secret', TAMPERED, ours['x-hub-signature-256'] ?? '')).toBe(false);
    expect(judged('github', 'secret', ours, TAMPERED)).toBe('signature_mismatch');
  });

  it.each(['standard-webhooks', 'openai', 'gitlab'])('Standard Webhooks agrees on %s', (sender) => {
    const library = new StandardWebhook(BASE64_SECRET);
    const headers = {
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(NOW),
      'webhook-signature': library.sign('msg_1', new Date(NOW * 1000), BODY),
    };
    expect(judged(sender, BASE64_SECRET, headers)).toBe('verified');
    expect(
      judged(sender, BASE64_SECRET, {
        ...headers,
        'webhook-signature': `v1,AAAA v1a,BBBB ${headers['webhook-signature']}`,
      }),
    ).toBe('verified');
    expect(() => library.verify(BODY, signed(sender, BASE64_SECRET))).not.toThrow();
    expect(() => library.verify(TAMPERED, signed(sender, BASE64_SECRET))).toThrow(
      'No matching signature found',
    );
    expect(judged(sender, BASE64_SECRET, headers, TAMPERED)).toBe('signature_mismatch');
  });

  it('Standard Webhooks with a raw secret agrees on Polar', () => {
    const library = new StandardWebhook(Buffer.from('polar_whs_raw').toString('base64'));
    expect(() => library.verify(BODY, signed('polar', 'polar_whs_raw'))).not.toThrow();
  });

  it.each(['svix', 'clerk', 'resend'])('Svix agrees on %s', (sender) => {
    const library = new SvixWebhook(BASE64_SECRET);
    const headers = {
      'svix-id': 'msg_1',
      'svix-timestamp': String(NOW),
      'svix-signature': library.sign('msg_1', new Date(NOW * 1000), BODY),
    };
    expect(judged(sender, BASE64_SECRET, headers)).toBe('verified');
    expect(() => library.verify(BODY, signed(sender, BASE64_SECRET))).not.toThrow();
    expect(() => library.verify(TAMPERED, signed(sender, BASE64_SECRET))).toThrow(
      'No matching signature found',
    );
    expect(judged(sender, BASE64_SECRET, headers, TAMPERED)).toBe('signature_mismatch');
  });

  it('Notion signs what we verify, and verifies what we sign', async () => {
    const args = { body: BODY, verificationToken: 'secret_x' };
    const signature = await signWebhookPayload(args);
    expect(judged('notion', 'secret_x', { 'x-notion-signature': signature })).toBe('verified');
    expect(judged('notion', 'secret_y', { 'x-notion-signature': signature })).toBe('signature_mismatch');
    const ours = signed('notion', 'secret_x')['x-notion-signature'];
    expect(await verifyNotion({ ...args, signature: ours })).toBe(true);
    expect(await verifyNotion({ ...args, body: TAMPERED, signature: ours })).toBe(false);
    expect(judged('notion', 'secret_x', { 'x-notion-signature': signature }, TAMPERED)).toBe(
      'signature_mismatch',
    );
  });

  it('Sanity signs what we verify, and verifies what we sign', async () => {
    const header = await encodeSignatureHeader(BODY, NOW * 1000, 'secret');
    expect(judged('sanity', 'secret', { 'sanity-webhook-signature': header })).toBe('verified');
    expect(judged('sanity', 'other', { 'sanity-webhook-signature': header })).toBe('signature_mismatch');
    const ours = signed('sanity', 'secret')['sanity-webhook-signature'] ?? '';
    expect(await isValidSignature(BODY, ours, 'secret')).toBe(true);
    expect(await isValidSignature(TAMPERED, ours, 'secret')).toBe(false);
    expect(judged('sanity', 'secret', { 'sanity-webhook-signature': header }, TAMPERED)).toBe(
      'signature_mismatch',
    );
  });

  it('Hygraph signs what we verify, and verifies what we sign', () => {
    const body = { operation: 'publish', data: { id: 'a' } };
    const rawBody = JSON.stringify(body);
    const header = generateWebhookSignature({
      body: { ...body },
      secret: 'secret',
      environmentName: 'master',
    });
    expect(judged('hygraph', 'secret', { 'gcms-signature': header }, rawBody)).toBe('verified');
    expect(judged('hygraph', 'other', { 'gcms-signature': header }, rawBody)).toBe('signature_mismatch');
    const ours = signed('hygraph', 'secret', rawBody)['gcms-signature'] ?? '';
    expect(verifyHygraph({ body: { ...body }, signature: ours, secret: 'secret' })).toBe(true);
  });

  it('Razorpay verifies what we sign', () => {
    const { validateWebhookSignature } = load('razorpay');
    const ours = signed('razorpay', 'secret')['x-razorpay-signature'] ?? '';
    expect(validateWebhookSignature(BODY, ours, 'secret')).toBe(true);
    expect(validateWebhookSignature(BODY, ours, 'other')).toBe(false);
    expect(validateWebhookSignature(TAMPERED, ours, 'secret')).toBe(false);
    expect(judged('razorpay', 'secret', { 'x-razorpay-signature': ours }, TAMPERED)).toBe(
      'signature_mismatch',
    );
    expect(judged('razorpay', 'secret', { 'x-razorpay-signature': ours })).toBe('verified');
  });

  it('Braintree signs what we verify', () => {
    const { BraintreeGateway, Environment, WebhookNotification } = load('braintree');
    const keys = { merchantId: 'm', publicKey: 'public', privateKey: 'private' };
    const gateway = new BraintreeGateway({ environment: Environment.Sandbox, ...keys });
    const kind = WebhookNotification.Kind.SubscriptionWentPastDue;
    const form = new URLSearchParams(gateway.webhookTesting.sampleNotification(kind, 'id')).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(judged('braintree', 'private', type, form)).toBe('verified');
    expect(judged('braintree', 'other', type, form)).toBe('signature_mismatch');
    expect(judged('braintree', 'private', type, form.replace('bt_payload=', 'bt_payload=A'))).toBe(
      'signature_mismatch',
    );
  });

  it('Atlassian hashes and signs what we verify', () => {
    const { createQueryStringHash, encodeSymmetric, fromMethodAndUrl, SymmetricAlgorithm } =
      load('atlassian-jwt');
    const token = (url: string): string => {
      const qsh = createQueryStringHash(fromMethodAndUrl('POST', url), false, 'https://h.example');
      return encodeSymmetric(
        { iss: 'app', iat: NOW, exp: NOW + 60, qsh },
        'secret',
        SymmetricAlgorithm.HS256,
      );
    };
    const header = { authorization: `JWT ${token('/hooks/t')}` };
    expect(judged('atlassian-connect-jwt', 'secret', header)).toBe('verified');
    expect(judged('atlassian-connect-jwt', 'other', header)).toBe('signature_mismatch');
    const elsewhere = { authorization: `JWT ${token('/hooks/u')}` };
    expect(judged('atlassian-connect-jwt', 'secret', elsewhere)).toBe('body_hash_mismatch');
  });
});
