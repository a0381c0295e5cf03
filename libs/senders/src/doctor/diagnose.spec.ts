import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { inspect } from '../inspect.js';
import type { SenderPolicy } from '../compiled-policy.js';
import { compilePolicy } from '../policy.js';
import type { SignedRequest } from '../request/request.js';
import { sign } from '../sign/sign.js';
import { diagnose } from './diagnose.js';

const AT = 1_795_000_000;
const URL = 'https://hooks.example.com/hooks/abc';
const BODY = '{"id":"evt_1","amount":49,"note":"caf\u00e9","path":"a/b"}';
const SECRET = 'shpss_0123456789abcdef';

interface Sent {
  readonly sender: string;
  readonly secret?: string | Record<string, string>;
  readonly body?: string;
  readonly url?: string;
  readonly headers?: Record<string, string>;
  readonly scheme?: string;
}

/** A request as the sender signed it. */
function sent({
  sender,
  secret = SECRET,
  body = BODY,
  url = URL,
  headers = {},
  scheme,
}: Sent): SignedRequest {
  const all = { 'content-type': 'application/json', ...headers };
  const rawBody = Buffer.from(body);
  const signed = sign(sender, { secret, method: 'POST', url, headers: all, rawBody, at: AT, scheme });
  return { method: 'POST', ...signed, receivedAt: AT + 1 };
}

/** What the doctor says of a request that was refused. */
function advice(policy: SenderPolicy, request: SignedRequest): string | undefined {
  const compiled = compilePolicy(policy);
  expect(inspect(compiled, request).verification.status).toBe('failed');
  const found = diagnose(compiled, request);
  const secrets = policy.secrets.flatMap((one) => (typeof one === 'string' ? one : Object.values(one)));
  for (const text of secrets) expect(found ?? '').not.toContain(text.trim());
  return found;
}

const hmac = (sender: string, secret: string = SECRET): SenderPolicy => ({ sender, secrets: [secret] });
const own = (verify: Partial<NonNullable<SenderPolicy['verify']>>): SenderPolicy => ({
  sender: 'hmac',
  secrets: [SECRET],
  verify: { header: 'x-signature', algorithm: 'sha256', encoding: 'hex', ...verify },
});

/** A request to an endpoint that describes the check itself. */
function signedByHand(signature: string, headers: Record<string, string> = {}): SignedRequest {
  const all = { 'content-type': 'application/json', 'x-signature': signature, ...headers };
  return { method: 'POST', url: URL, headers: all, rawBody: Buffer.from(BODY), receivedAt: AT };
}

describe('the secret', () => {
  it.each([` ${SECRET}`, `${SECRET}\n`, `"${SECRET}"`])(
    'is stored with something around it: %j',
    (stored) => {
      expect(advice(hmac('github', stored), sent({ sender: 'github' }))).toContain('around it');
    },
  );

  it('ends with a line break at the sender', () => {
    expect(advice(hmac('github'), sent({ sender: 'github', secret: `${SECRET}\n` }))).toContain(
      'line break at the end',
    );
  });

  it('is used as text where its base64 stands for the key', () => {
    const secret = `whsec_${Buffer.from('a key of two dozen bytes').toString('base64')}`;
    const headers = { 'webhook-id': 'msg_1', 'webhook-timestamp': String(AT) };
    const mac = createHmac('sha256', secret).update(`msg_1.${AT}.${BODY}`).digest('base64');
    const request = { ...signedByHand(''), headers: { ...headers, 'webhook-signature': `v1,${mac}` } };
    expect(advice(hmac('standard-webhooks', secret), request)).toContain('text of the secret as it stands');
  });

  it('is used as bytes where the text itself is the key', () => {
    const secret = Buffer.from('a key of two dozen bytes').toString('base64');
    const mac = createHmac('sha256', Buffer.from(secret, 'base64')).update(BODY).digest('hex');
    const request = { ...signedByHand(''), headers: { 'x-hub-signature-256': `sha256=${mac}` } };
    expect(advice(hmac('github', secret), request)).toContain('stands for in base64');
  });

  it('is used without the beginning that only names its kind', () => {
    const secret = SECRET.slice('shpss_'.length);
    expect(advice(hmac('shopify'), sent({ sender: 'shopify', secret }))).toContain('"shpss_"');
  });

  it('stands in another field', () => {
    const policy = {
      sender: 'meta',
      secrets: [{ appSecret: 'typed into the wrong box', verifyToken: SECRET }],
    };
    expect(advice(policy, sent({ sender: 'meta', secret: { appSecret: SECRET } }))).toContain('the field');
  });

  it('is the earlier one, stored with something around it', () => {
    const policy = { sender: 'github', secrets: ['the newest secret', `${SECRET} `] };
    expect(advice(policy, sent({ sender: 'github' }))).toContain('around it');
  });
});

describe('the signature', () => {
  const digest = (algorithm: string, text = BODY) => createHmac(algorithm, SECRET).update(text);

  it('comes in another encoding', () => {
    expect(advice(own({}), signedByHand(digest('sha256').digest('base64')))).toContain(
      'in base64, not in hex',
    );
  });

  it('comes after a prefix, by another algorithm', () => {
    const found = advice(own({}), signedByHand(`sha1=${digest('sha1').digest('hex')}`));
    expect(found).toContain('made with sha1, not with sha256');
    expect(found).toContain('prefix "sha1="');
  });

  it('covers the time too', () => {
    const request = signedByHand(digest('sha256', `${AT}.${BODY}`).digest('hex'), { 'x-time': String(AT) });
    expect(advice(own({ timestampHeader: 'x-time' }), request)).toContain('{timestamp}.{body}');
  });

  it('names the time in another unit', () => {
    const mac = createHmac('sha256', SECRET).update(`v0:${AT}000:${BODY}`).digest('hex');
    const headers = { 'x-slack-request-timestamp': `${AT}000`, 'x-slack-signature': `v0=${mac}` };
    const request = { ...signedByHand(''), headers };
    expect(advice(hmac('slack'), request)).toContain('is in milliseconds');
  });

  it('is that of another sender', () => {
    const found = advice(hmac('github'), sent({ sender: 'stripe' }));
    expect(found).toContain('looks as if Stripe had sent it');
    expect(found).toContain('choose Stripe');
  });

  it('is that of another scheme of the sender', () => {
    const policy = { ...hmac('github'), scheme: 'default' };
    const request = sent({ sender: 'github', scheme: 'legacy-sha1' });
    expect(advice(policy, request)).toContain('another of its schemes than "default"');
  });
});

describe('on the way', () => {
  it.each([
    ['written with spaces', JSON.stringify(JSON.parse(BODY), undefined, 4), BODY, 'as JSON without spaces'],
    [
      'written without spaces',
      BODY,
      JSON.stringify(JSON.parse(BODY), undefined, 2),
      'two spaces of indentation',
    ],
    ['given a last line break', `${BODY}\n`, BODY, 'without the blank space at its end'],
    ['robbed of its last line break', BODY, `${BODY}\n`, 'with a line break at its end'],
    ['unescaped', BODY, BODY.replace('\u00e9', '\\u00e9'), 'beyond ASCII escaped'],
    ['tightened', BODY, BODY.replaceAll(':', ': ').replaceAll(',', ', '), 'a space after each comma'],
  ])('the body was %s', (_how, arrived, signed, says) => {
    const request = { ...sent({ sender: 'github', body: signed }), rawBody: Buffer.from(arrived) };
    expect(advice(hmac('github'), request)).toContain(says);
  });

  it.each([
    ['https became http', 'http://hooks.example.com/hooks/abc', {}, 'with http:// instead of https://'],
    [
      'the host was changed',
      'https://shop.example.org/hooks/abc',
      { host: 'shop.example.org' },
      'at the host',
    ],
    [
      'a proxy answered for another host',
      'http://edge.example.org/hooks/abc',
      { 'x-forwarded-host': 'edge.example.org' },
      'at http://edge.example.org',
    ],
    ['it was registered with a slash', `${URL}/`, {}, 'with a slash at its end'],
  ])('of a sender that signs the URL, %s', (_how, url, headers, says) => {
    const request = { ...sent({ sender: 'square', url, headers }), url: URL };
    expect(advice(hmac('square'), request)).toContain(says);
  });
});

describe('the doctor', () => {
  it('keeps silent about a body that somebody changed, and about a wrong secret', () => {
    const request = sent({ sender: 'github' });
    const forged = { ...request, rawBody: Buffer.from(BODY.replace('49', '4900')) };
    expect(advice(hmac('github'), forged)).toBeUndefined();
    expect(advice(hmac('github', 'quite another secret'), request)).toBeUndefined();
  });

  it('keeps silent about a body that is too large to look at again', () => {
    const request = sent({ sender: 'github', body: JSON.stringify({ text: 'x'.repeat(300_000) }) });
    expect(advice(hmac('github', ` ${SECRET}`), request)).toBeUndefined();
  });

  it('is done at once with a body that is little but blank space', () => {
    const forged = { ...sent({ sender: 'github' }), rawBody: Buffer.from(`${' '.repeat(65_000)}x`) };
    expect(advice(hmac('github'), forged)).toBeUndefined();
  });

  it('says nothing without a secret', () => {
    expect(
      diagnose(compilePolicy({ sender: 'github', secrets: [] }), sent({ sender: 'github' })),
    ).toBeUndefined();
  });
});
