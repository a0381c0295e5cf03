import { describe, expect, it } from 'vitest';
import { AT, secretsFor, URL_REGISTERED } from '../../test/signed-samples.js';
import { SENDERS } from '../catalogue/senders.js';
import type { SignedRequest } from '../request/request.js';
import { SAMPLES } from '../samples/index.js';
import { toUnsigned, type Sample } from '../samples/sample.js';
import { sign } from '../sign/sign.js';
import { recognise } from './recognise.js';

function delivered(id: string, sample: Sample): SignedRequest {
  const sender = SENDERS.get(id);
  const [scheme] = sender?.schemes ?? [];
  if (!sender || !scheme) throw new Error(`No sender is called ${id}.`);
  const { headers, body } = toUnsigned(sample);
  const secret = secretsFor(sender, scheme).signing;
  const rawBody = Buffer.from(body);
  const signed = sign(id, { secret, method: 'POST', url: URL_REGISTERED, headers, rawBody, at: AT });
  return { method: 'POST', ...signed, receivedAt: AT };
}

/** They carry nothing of their own: signed in a common way, or with the secret in the URL or the body. */
const IN_A_COMMON_WAY: Readonly<Record<string, string | undefined>> = {
  clerk: 'svix',
  resend: 'svix',
  svix: 'svix',
  anthropic: 'standard-webhooks',
  replicate: 'standard-webhooks',
  supabase: 'standard-webhooks',
  'standard-webhooks': 'standard-webhooks',
};
const UNKNOWABLE = new Set([
  'adyen',
  'bigcommerce',
  'chargebee',
  'clickup',
  'datadog',
  'dropbox-sign',
  'figma',
  'google-pubsub',
  'gumroad',
  'jotform',
  'mailchimp',
  'mailgun',
  'monday',
  'postmark',
  'storyblok',
]);
const rows = Object.entries(SAMPLES).flatMap(([id, samples]) =>
  samples.slice(0, 1).map((sample) => ({ id, sample })),
);

describe('recognise', () => {
  it.each(rows.filter(({ id }) => !UNKNOWABLE.has(id)))('knows $id by what it sends', ({ id, sample }) => {
    const found = recognise(delivered(id, sample));
    expect(found?.sender).toBe(IN_A_COMMON_WAY[id] ?? id);
    expect(found?.why.length).toBeGreaterThan(0);
  });

  it.each(rows.filter(({ id }) => UNKNOWABLE.has(id)))('takes $id for nobody else', ({ id, sample }) => {
    expect([undefined, id]).toContain(recognise(delivered(id, sample))?.sender);
  });

  it('knows GitHub also where no secret is set there, and says why', () => {
    const headers = {
      'user-agent': 'GitHub-Hookshot/1',
      'x-github-event': 'push',
      'x-github-delivery': 'a-b',
    };
    const request = {
      method: 'POST',
      url: URL_REGISTERED,
      headers,
      rawBody: Buffer.from('{}'),
      receivedAt: AT,
    };
    expect(recognise(request)).toMatchObject({
      sender: 'github',
      confidence: 'high',
      why: expect.arrayContaining(['user agent GitHub-Hookshot', 'header x-github-event']),
    });
  });

  it('says nothing about a request that anybody could send', () => {
    const headers = { 'content-type': 'application/json', 'user-agent': 'curl/8.5.0' };
    const rawBody = Buffer.from('{"id":"evt_1","type":"order.paid"}');
    const request = { method: 'POST', url: URL_REGISTERED, headers, rawBody, receivedAt: AT };
    expect(recognise(request)).toBeUndefined();
  });
});
