import type { EventDetail } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { checksOf, failedChecks, readReason } from './event-checks.js';

function anEvent(change: Partial<EventDetail>): EventDetail {
  return {
    id: '019ab000-0000-7000-8000-000000000001',
    endpointId: '019ab000-0000-7000-8000-000000000002',
    status: 'accepted',
    receivedAt: '2026-11-22T10:00:00.000Z',
    method: 'POST',
    bodyBytes: 12,
    verification: { status: 'verified' },
    answer: { status: 200, ms: 4 },
    runs: [],
    headers: {},
    query: {},
    body: {},
    ...change,
  };
}
const results = (change: Partial<EventDetail>) =>
  Object.fromEntries(checksOf(anEvent(change), undefined).map(({ name, result }) => [name, result]));

describe('checksOf', () => {
  it('passes everything for an accepted event with a signature and a key', () => {
    expect(results({ dedupeKey: 'evt_1' })).toEqual({
      rate: 'passed',
      size: 'passed',
      form: 'passed',
      signature: 'passed',
      content: 'passed',
      duplicate: 'passed',
    });
  });

  it('says that what follows a refused signature was not reached', () => {
    const change = {
      status: 'rejected',
      verification: { status: 'failed' },
      answer: { status: 401, ms: 2 },
    } as const;
    expect(results(change)).toMatchObject({
      size: 'passed',
      signature: 'failed',
      content: 'notReached',
      duplicate: 'notReached',
    });
    expect(failedChecks(checksOf(anEvent(change), undefined))).toBe(1);
  });

  it('warns about a signature that nobody checks', () => {
    expect(results({ verification: { status: 'unchecked' } })).toMatchObject({ signature: 'warned' });
    const away = { status: 'unchecked', reason: 'key_not_fetched' } as const;
    expect(results({ verification: away })).toMatchObject({ signature: 'warned' });
  });

  it('blames the size for a 413, before any signature', () => {
    expect(
      results({ status: 'rejected', answer: { status: 413, ms: 1 }, verification: { status: 'none' } }),
    ).toMatchObject({
      size: 'failed',
      signature: 'notReached',
    });
  });
});

describe('readReason', () => {
  it('tells the code from its detail', () => {
    expect(readReason('unreadable: deeper than 64: stop')).toEqual({
      code: 'unreadable',
      detail: 'deeper than 64: stop',
    });
    expect(readReason('method')).toEqual({ code: 'method', detail: '' });
  });
});
