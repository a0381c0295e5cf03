import { describe, expect, it } from 'vitest';
import { AT, judge, judgeByAny, secretsFor, signedSample } from '../test/signed-samples.js';
import { coversBody } from './describe.js';
import type { SignedRequest } from './request/request.js';
import type { Scheme } from './model/scheme.js';
import { SENDERS } from './catalogue/senders.js';
import type { Sender } from './model/sender.js';

interface Row {
  name: string;
  sender: Sender;
  scheme: Scheme;
}

const rows: Row[] = [...SENDERS.values()]
  .filter(({ id }) => id !== 'hmac')
  .flatMap((sender) =>
    sender.schemes.map((scheme) => ({ name: `${sender.id}/${scheme.id}`, sender, scheme })),
  )
  .filter(({ scheme }) => scheme.kind !== 'none');
const withBody = rows.filter(({ scheme }) => coversBody(scheme));
const withTime = rows.filter(
  ({ scheme }) => 'timestamp' in scheme && scheme.timestamp?.toleranceSeconds && !scheme.timestamp.optional,
);

/** The same request with another body; where the signature stands in the body it stays. */
function tampered(request: SignedRequest): SignedRequest {
  const text = Buffer.from(request.rawBody).toString('utf8');
  const signedPart = ['bt_payload=m', 'order.paid', 'AUTHORISATION', '"Message":"', 'a=1'].find((part) =>
    text.includes(part),
  );
  const changed = text.replace(signedPart ?? '', (part) => `${part}x`);
  expect(changed).not.toBe(text);
  return { ...request, rawBody: Buffer.from(changed) };
}

function isFailure(request: SignedRequest, { sender, scheme }: Row): string | undefined {
  const { verification, refuse } = judge(sender, scheme, request);
  expect(refuse).toBe(verification.status === 'failed');
  expect(verification.hint ?? 'none needed').toMatch(/\w/);
  return verification.status === 'failed' ? verification.reason : undefined;
}

describe('what a sender signs', () => {
  it.each(rows)('$name is found genuine', ({ sender, scheme }) => {
    expect(judge(sender, scheme, signedSample(sender, scheme))).toMatchObject({
      verification: { status: 'verified' },
      refuse: false,
    });
  });

  it.each(rows)('$name is found genuine by any of several secrets', ({ sender, scheme }) => {
    const [older, newer] = ['older', 'right'].map((seed) => secretsFor(sender, scheme, seed).stored);
    const request = signedSample(sender, scheme);
    expect(judge(sender, scheme, request, [older ?? '', newer ?? '']).verification.status).toBe('verified');
  });

  it.each(rows)('$name is found genuine with all schemes of the sender switched on', ({ sender, scheme }) => {
    expect(judgeByAny(sender, scheme, signedSample(sender, scheme)).verification.status).toBe('verified');
  });
});

describe('refused', () => {
  it.each(withBody)('$name with another body', (row) => {
    const reason = isFailure(tampered(signedSample(row.sender, row.scheme)), row);
    expect(['signature_mismatch', 'body_hash_mismatch', 'claim_mismatch']).toContain(reason);
  });

  it.each(
    rows.filter(
      ({ scheme }) =>
        !(
          'key' in scheme &&
          ['pem', 'ed25519-hex', 'ed25519-base64', 'spki-base64'].includes(scheme.key.decode)
        ),
    ),
  )('$name with another secret', (row) => {
    const reason = isFailure(signedSample(row.sender, row.scheme, { seed: 'wrong' }), row);
    expect(['signature_mismatch', 'token_mismatch', 'missing_signature', 'missing_timestamp']).toContain(
      reason,
    );
  });

  it.each(withTime)('$name that is stale', (row) => {
    const seconds = ('timestamp' in row.scheme && row.scheme.timestamp?.toleranceSeconds) || 0;
    const request = { ...signedSample(row.sender, row.scheme), receivedAt: AT + seconds + 2 };
    expect(isFailure(request, row)).toBe('timestamp_too_old');
    expect(isFailure({ ...request, receivedAt: AT + seconds - 1 }, row)).toBeUndefined();
  });

  it.each(withTime)('$name from the future', (row) => {
    const seconds = ('timestamp' in row.scheme && row.scheme.timestamp?.toleranceSeconds) || 0;
    const request = { ...signedSample(row.sender, row.scheme), receivedAt: AT - seconds - 2 };
    expect(isFailure(request, row)).toBe('timestamp_in_future');
  });

  it.each(rows)('$name without any header and body', (row) => {
    const reason = isFailure(
      {
        method: 'POST',
        url: 'https://hooks.example.com/',
        headers: {},
        rawBody: Buffer.alloc(0),
        receivedAt: AT,
      },
      row,
    );
    expect(reason).toBe('missing_signature');
  });

  const inHeader = rows.flatMap((row) => {
    const place = 'signature' in row.scheme ? row.scheme.signature.in : '';
    return place.startsWith('header:') ? [{ ...row, header: place.slice('header:'.length) }] : [];
  });

  it.each(inHeader)('$name with its signature empty, cut short or of junk', (row) => {
    const request = signedSample(row.sender, row.scheme);
    const right = request.headers[row.header] ?? '';
    const judged = (text: string): string | undefined =>
      isFailure({ ...request, headers: { ...request.headers, [row.header]: text } }, row);
    expect(judged('')).toBe('missing_signature');
    expect(judged('0'.repeat(5_001))).toBe('malformed_signature');
    expect(judged('\u{1f600}'.repeat(32))).toBe('malformed_signature');
    for (const wrong of [right.slice(0, -7), right.replace(/[^=](?==*$)/, '!')]) {
      expect(judged(wrong)).toBeDefined();
    }
  });
});
