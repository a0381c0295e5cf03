import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.js';
import { handshake } from './handshake/handshake.js';
import { judgeLine, type Judgement } from './judge-line.js';
import { compilePolicy } from './policy.js';
import { SENDERS } from './catalogue/senders.js';

function judge(line: unknown): Judgement {
  const answer: Judgement = JSON.parse(judgeLine(typeof line === 'string' ? line : JSON.stringify(line)));
  return answer;
}

const body = Buffer.from('{"zen":"\u00e4"}');
const github = {
  sender: 'github',
  secret: 's3cret',
  method: 'POST',
  url: 'https://h.example/hooks/t',
  headers: {
    'X-Hub-Signature-256': `sha256=${createHmac('sha256', 's3cret').update(body).digest('hex')}`,
    'X-GitHub-Delivery': 'd',
    'x-github-event': 'push',
  },
  rawBody: body.toString('base64'),
  receivedAt: 1_795_000_000,
};

describe('a line of `hookloom verify`', () => {
  it('that is genuine is ok, with event id and type, whatever the case of its headers', () => {
    expect(judge(github)).toEqual({ ok: true, eventId: 'd', type: 'push' });
  });

  it('says why not', () => {
    expect(judge({ ...github, secret: 'other' })).toMatchObject({
      ok: false,
      reason: 'signature_mismatch',
      hint: expect.stringContaining('GitHub'),
    });
    expect(judge({ ...github, secret: undefined })).toMatchObject({ ok: false, reason: 'no_key' });
    expect(judge({ ...github, secret: '' })).toMatchObject({ ok: false, reason: 'no_key' });
    expect(judge({ ...github, sender: 'nobody' })).toMatchObject({ ok: false, reason: 'unknown_sender' });
    expect(judge({ ...github, scheme: 'nothing' })).toMatchObject({ ok: false, reason: 'unknown_scheme' });
    expect(judge({ ...github, sender: 'any' })).toMatchObject({ ok: false, reason: 'no_check_offered' });
  });

  it('may give several secrets, or fields', () => {
    expect(judge({ ...github, secret: ['older', 's3cret'] }).ok).toBe(true);
    expect(judge({ ...github, secret: { secret: 's3cret' } }).ok).toBe(true);
    expect(judge({ ...github, secret: [{ secret: 'older' }, { secret: 's3cret' }] }).ok).toBe(true);
  });

  it('may choose a scheme or bring its own rule', () => {
    expect(judge({ ...github, scheme: 'default' }).ok).toBe(true);
    const verify = { header: 'X-Hub-Signature-256', prefix: 'sha256=' };
    expect(judge({ ...github, sender: 'hmac', verify }).ok).toBe(true);
  });

  it('joins headers that come twice', () => {
    const doubled = { ...github, headers: { ...github.headers, 'x-hub-signature-256': 'sha256=00' } };
    expect(judge(doubled)).toMatchObject({ ok: false, reason: 'malformed_signature' });
  });

  it.each([
    '',
    'x',
    '[]',
    'null',
    '{}',
    '{"sender":1}',
    JSON.stringify({ ...github, rawBody: '***' }),
    JSON.stringify({ ...github, receivedAt: 'now' }),
    JSON.stringify({ ...github, headers: { a: 1 } }),
  ])('that cannot be judged is not ok: %s', (line) => {
    expect(judge(line)).toMatchObject({ ok: false, reason: 'unreadable_line', hint: expect.any(String) });
  });
});

describe('whatever a request holds', () => {
  const ids = [...SENDERS.keys()];
  const headerNames = [
    ...new Set(
      [...JSON.stringify([...SENDERS.values()]).matchAll(/"header:([a-z0-9-]+)"/g)].map(
        ([, name = '']) => name,
      ),
    ),
  ];
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      't=1,v1=00',
      'v1,AA==',
      'a.b.c',
      'Bearer e30.e30.',
      `${'0'.repeat(64)}`,
      'sha256=',
      '1795000000',
    ),
  );
  const arbitrary = fc.record({
    sender: fc.constantFrom(...ids),
    secrets: fc.array(
      fc.oneof(
        text,
        fc.dictionary(
          fc.constantFrom(
            'secret',
            'publicKey',
            'user',
            'password',
            'privateKey',
            'certPem',
            'audience',
            'email',
          ),
          text,
        ),
      ),
      { maxLength: 2 },
    ),
    method: fc.constantFrom('GET', 'POST', 'HEAD', 'OPTIONS', ''),
    url: fc.oneof(fc.webUrl({ withQueryParameters: true }), text),
    headers: fc.dictionary(
      fc.constantFrom(...headerNames, 'content-type', 'authorization'),
      fc.oneof(text, fc.constantFrom('application/x-www-form-urlencoded', 'multipart/form-data; boundary=b')),
    ),
    body: fc.oneof(fc.json(), text),
  });

  it('checks and handshakes never throw, and never find junk genuine', () => {
    fc.assert(
      fc.property(arbitrary, ({ sender, secrets, method, url, headers, body: content }) => {
        const policy = compilePolicy({ sender, secrets });
        const request = { method, url, headers, rawBody: Buffer.from(content), receivedAt: 1_795_000_000 };
        handshake(policy, request);
        const { verification } = inspect(policy, request);
        const isSigned = policy.checks.some(({ scheme }) => 'signature' in scheme);
        expect(isSigned && verification.status === 'verified').toBe(false);
      }),
      { numRuns: 1000 },
    );
  }, 60_000);
});
