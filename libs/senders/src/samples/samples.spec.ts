import { describe, expect, it } from 'vitest';
import { AT, judgeByAny, secretsFor, URL_REGISTERED } from '../../test/signed-samples.js';
import { SENDERS } from '../catalogue/senders.js';
import type { Inspection } from '../inspect.js';
import type { Scheme } from '../model/scheme.js';
import type { Sender } from '../model/sender.js';
import { sign } from '../sign/sign.js';
import { withFreshId } from './fresh.js';
import { SAMPLES, samplesOf } from './index.js';
import { Sample, toUnsigned } from './sample.js';

interface Row {
  readonly name: string;
  readonly sender: Sender;
  readonly scheme: Scheme;
  readonly sample: Sample;
}

const rows: Row[] = Object.entries(SAMPLES).flatMap(([id, samples]) => {
  const sender = SENDERS.get(id);
  const [scheme] = sender?.schemes ?? [];
  if (!sender || !scheme) throw new Error(`No sender is called ${id}.`);
  return samples.map((sample) => ({ name: `${id}: ${sample.name}`, sender, scheme, sample }));
});

function judged({ sender, scheme }: Row, sample: Sample): Inspection {
  const { headers, body } = toUnsigned(sample);
  const signed = sign(sender.id, {
    secret: secretsFor(sender, scheme).signing,
    method: 'POST',
    url: URL_REGISTERED,
    headers,
    rawBody: Buffer.from(body),
    at: AT,
  });
  return judgeByAny(sender, scheme, { method: 'POST', ...signed, receivedAt: AT + 1 });
}

/** A generator with a seed, so that a failure can be seen again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

describe('the samples', () => {
  it('cover at least 60 senders, each sample named once', () => {
    expect(Object.keys(SAMPLES).length).toBeGreaterThanOrEqual(60);
    for (const [id, samples] of Object.entries(SAMPLES)) {
      expect(samples.length, id).toBeGreaterThan(0);
      expect(new Set(samples.map(({ name }) => name)).size, id).toBe(samples.length);
    }
  });

  it.each(rows)('$name is of the declared shape, small, and of nobody', ({ sample }) => {
    expect(Sample.safeParse(sample).error?.issues ?? []).toEqual([]);
    const text = JSON.stringify(sample);
    expect(text.length).toBeLessThan(4_096);
    for (const [, domain] of text.matchAll(/[\w.+-]+@([\w-]+(?:\.[\w-]+)+)/g)) {
      expect(domain).toMatch(/(^|\.)example\.com$/);
    }
  });

  it.each(rows)('$name, signed, is found genuine, with the id and type that the catalogue says', (row) => {
    const { verification, eventId, type } = judged(row, row.sample);
    expect(verification).toEqual({ status: 'verified' });
    const { from, firstKeyExcept } = row.sender.eventType;
    if (from || firstKeyExcept) expect(type).toBe(row.sample.type ?? row.sample.name);
    if (row.sender.eventId.from) expect(eventId).toMatch(/\w/);
  });

  it.each(
    rows.filter(({ sender }) => sender.eventId.from && !['dropbox-sign', 'vonage'].includes(sender.id)),
  )('$name, sent again, is another event of the same type', (row) => {
    const again = judged(row, withFreshId(row.sample, row.sender, seeded(7)));
    const first = judged(row, row.sample);
    expect(again.verification.status).toBe('verified');
    expect(again.eventId).not.toBe(first.eventId);
    expect(again.eventId).toHaveLength(first.eventId?.length ?? -1);
    expect(again.type).toBe(first.type);
  });

  it('are none for a sender that has none', () => {
    expect(samplesOf('any')).toEqual([]);
    expect(samplesOf('constructor')).toEqual([]);
  });
});
