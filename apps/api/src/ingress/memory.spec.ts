import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { EndpointSettings } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import type { BodyChecks } from './body-checks.js';
import { compileEndpoint } from './compiled-endpoint.js';
import { EndpointCache } from './endpoint-cache.js';
import { Incoming } from './incoming.js';
import { Inflating } from './inflating.js';
import { IngressService, type IngressParts } from './ingress.service.js';
import { judge } from './judge.js';
import { MemoryRoom } from './memory-room.js';

const MEBIBYTE = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

/** Bytes of the heap that are still in use after what `act` left behind could be collected. */
async function keptBy(act: () => Promise<unknown>): Promise<number> {
  collect();
  const before = process.memoryUsage().heapUsed;
  const kept = await act();
  collect();
  const after = process.memoryUsage().heapUsed;
  expect(kept).toBeDefined();
  return after - before;
}

function anIncoming(rawBody: Buffer, headers: Record<string, string> = {}): Incoming {
  return new Incoming({
    head: { method: 'POST', target: '/hooks/x', headers: { 'content-type': 'application/json', ...headers } },
    rawBody,
    publicUrl: 'http://hooks.example.test',
    receivedAt: 0,
  });
}

describe('what strangers send is not kept', () => {
  it('as the address around a token that nobody knows', async () => {
    const cache = new EndpointCache<string>({ now: () => 0, find: async () => undefined });
    const grown = await keptBy(async () => {
      for (let at = 0; at < 1_000; at += 1) {
        const address = Buffer.from(
          `/hooks/${String(at).padStart(32, '0')}?${'x'.repeat(15_000)}`,
        ).toString();
        await cache.load(address.slice(7, 39));
      }
      return cache;
    });
    expect(grown).toBeLessThan(2 * MEBIBYTE);
  });

  it('as a token that cannot be one of ours', async () => {
    const asked: string[] = [];
    const endpoints = { peek: (token: string) => void asked.push(token) };
    const ingress = new IngressService({ endpoints } as unknown as IngressParts);
    const request = { method: 'POST', url: '/', rawHeaders: [] } as never;
    for (const token of ['', 'short', 'x'.repeat(15_000), 'with/slash'.repeat(3), 'späße'.repeat(5)]) {
      expect(await ingress.receive(request, token)).toEqual({ kind: 'unknown_endpoint' });
    }
    expect(asked).toEqual([]);
  });

  it('as the value of a body while others are waited for', async () => {
    const endpoint = compileEndpoint(
      {
        id: 'e',
        projectId: 'p',
        revision: 1,
        settings: EndpointSettings.parse({ dedupe: { key: 'trigger.body.id' } }),
        secrets: [],
        routes: [],
      } as never,
      undefined,
    );
    const checks: BodyChecks = {
      read: ({ reading }) => ({ kind: reading.ok ? 'readable' : 'unknown' }),
      fits: async () => ({ kind: 'fits' }),
      dedupeKey: () => new Promise(() => undefined),
    };
    const keys = { policyFor: async (policy: typeof endpoint.policy) => policy };
    const body = Buffer.from(`[${'{},'.repeat(100_000)}{}]`);
    const grown = await keptBy(async () => {
      const waiting = Array.from({ length: 10 }, () => anIncoming(body));
      for (const incoming of waiting) void judge(endpoint, incoming, { checks, keys });
      await Promise.resolve();
      return waiting;
    });
    expect(grown).toBeLessThan(10 * MEBIBYTE);
  });
});

describe('inflated bodies', () => {
  const bomb = gzipSync(Buffer.alloc(2 * MEBIBYTE, 0x20));
  const compressed = (body = bomb) => anIncoming(body, { 'content-encoding': 'gzip' });

  it('take room by what they became, as long as there is some', async () => {
    const room = new MemoryRoom(5 * MEBIBYTE);
    const inflating = new Inflating(room);
    const taken = await Promise.all(
      Array.from({ length: 20 }, () => inflating.inflate(compressed(), 16 * MEBIBYTE)),
    );
    expect(taken.filter((bytes) => bytes === 2 * MEBIBYTE)).toHaveLength(2);
    expect(taken.filter((bytes) => bytes === undefined)).toHaveLength(18);
    room.give(2 * MEBIBYTE);
    expect(await inflating.inflate(compressed(), 16 * MEBIBYTE)).toBe(2 * MEBIBYTE);
  });

  it('take none where they are refused', async () => {
    const inflating = new Inflating(new MemoryRoom(0));
    const [large, damaged] = [compressed(), compressed(bomb.subarray(0, 100))];
    expect(await inflating.inflate(large, MEBIBYTE)).toBe(0);
    expect(await inflating.inflate(damaged, 16 * MEBIBYTE)).toBe(0);
    expect([large.fault, damaged.fault]).toEqual(['too_large', 'corrupt']);
  });
});
