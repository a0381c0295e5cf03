import type { KeyRequest } from '@hookloom/senders';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Fetched } from './key-fetcher.js';
import { KnownKeys } from './known-keys.js';

const HOUR_MS = 3_600_000;
const rule = { kind: 'key-set', words: 'a set', url: 'https://keys.example/' } as const;
const keysOf = (pem: string): Fetched => ({ kind: 'keys', keys: [{ pem }], freshForMs: HOUR_MS });
const AWAY: Fetched = { kind: 'away', detail: 'nobody there' };

let now: number;
let answers: (Fetched | Promise<Fetched>)[];
let asked: string[];
let away: string[];
let keys: KnownKeys;

beforeEach(() => {
  now = 0;
  answers = [];
  asked = [];
  away = [];
  keys = new KnownKeys({
    fetcher: {
      fetch: async ({ id }) => {
        asked.push(id);
        return answers.shift() ?? AWAY;
      },
    },
    now: () => now,
    onAway: (host, detail) => away.push(`${host}: ${detail}`),
    patienceMs: 20,
  });
});

function wanted(id = 'a'): KeyRequest {
  return { id, url: rule.url, rule };
}

describe('a key', () => {
  it('is fetched once for all who ask at the same time, and then known until it is old', async () => {
    answers.push(keysOf('one'), keysOf('two'));
    const all = await Promise.all(Array.from({ length: 50 }, () => keys.find(wanted())));
    expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
    now = HOUR_MS - 1;
    expect(await keys.find(wanted())).toMatchObject({ keys: [{ pem: 'one' }] });
    expect(asked).toHaveLength(1);
    now = HOUR_MS;
    expect(await keys.find(wanted())).toMatchObject({ keys: [{ pem: 'two' }] });
  });

  it('that there is not is not asked for again for a minute', async () => {
    answers.push({ kind: 'refused' }, keysOf('one'));
    for (now = 0; now < 60_000; now += 10_000) expect(await keys.find(wanted())).toEqual({ kind: 'refused' });
    expect(asked).toHaveLength(1);
    expect(await keys.find(wanted())).toMatchObject({ kind: 'keys' });
  });

  it('whose server is away is asked for again after 10 s, and told of once each time', async () => {
    for (now = 0; now < 20_000; now += 1_000) expect(await keys.find(wanted())).toEqual({ kind: 'away' });
    expect(asked).toHaveLength(2);
    expect(away).toEqual(['keys.example: nobody there', 'keys.example: nobody there']);
  });

  it('that is slow to come is not waited for, and there for the next', async () => {
    let arrive: (fetched: Fetched) => void = () => undefined;
    answers.push(new Promise<Fetched>((resolve) => (arrive = resolve)));
    expect(await keys.find(wanted())).toEqual({ kind: 'away' });
    arrive(keysOf('late'));
    await expect.poll(() => keys.find(wanted())).toMatchObject({ keys: [{ pem: 'late' }] });
    expect(asked).toHaveLength(1);
  });

  it('outlives its freshness by a day while its server is away, and no longer', async () => {
    answers.push(keysOf('old'));
    await keys.find(wanted());
    now = 24 * HOUR_MS;
    expect(await keys.find(wanted())).toMatchObject({ keys: [{ pem: 'old' }] });
    now = 26 * HOUR_MS;
    expect(await keys.find(wanted())).toEqual({ kind: 'away' });
  });

  it('is looked for anew at most once a minute by those whom the known ones do not serve', async () => {
    answers.push(keysOf('old'), keysOf('new'));
    await keys.find(wanted());
    expect(await keys.findNewer(wanted())).toBeUndefined();
    now = 60_000;
    expect(await keys.findNewer(wanted())).toMatchObject({ keys: [{ pem: 'new' }] });
    expect(await keys.findNewer(wanted())).toBeUndefined();
  });
});

describe('requests that invent keys', () => {
  it('make 60 fetches a minute at most; what is known still serves', async () => {
    answers.push(keysOf('one'));
    await keys.find(wanted());
    const found = await Promise.all(
      Array.from({ length: 500 }, (_, at) => keys.find(wanted(`invented-${at}`))),
    );
    expect(asked).toHaveLength(60);
    expect(found.filter(({ kind }) => kind === 'busy')).toHaveLength(441);
    expect(await keys.find(wanted())).toMatchObject({ keys: [{ pem: 'one' }] });
    now = 60_000;
    expect(await keys.find(wanted('another'))).toEqual({ kind: 'away' });
  });
});
