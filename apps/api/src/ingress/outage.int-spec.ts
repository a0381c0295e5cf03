import { EndpointLookup, StorageUnavailable } from '@hookloom/persistence';
import { afterEach, describe, expect, it } from 'vitest';
import { send, sendJson, startTriggerServer, type TriggerServer } from '../../test/trigger-server.js';

let server: TriggerServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const record = () => Promise.reject(new StorageUnavailable('away'));

describe('what cannot be stored now', () => {
  it('is answered 503 with Retry-After when the database is away', async () => {
    const accept = () => Promise.reject(new StorageUnavailable('away'));
    server = await startTriggerServer({ writer: { accept, record } });
    const answer = await sendJson((await server.anEndpoint()).url, {});
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    await expect
      .poll(() => server!.metrics.registry.metrics())
      .toContain('hookloom_events_total{status="unavailable"} 1');
  });

  it('is answered 503 when too many runs wait', async () => {
    server = await startTriggerServer({ writer: { accept: async () => ({ kind: 'full' }), record } });
    const answer = await sendJson((await server.anEndpoint()).url, {});
    expect(answer.status).toBe(503);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(2);
  });

  it('is answered 503 for an endpoint that nobody can look up', async () => {
    server = await startTriggerServer({
      lookup: { findByToken: () => Promise.reject(new StorageUnavailable('away')) },
    });
    expect((await sendJson((await server.anEndpoint()).url, {})).status).toBe(503);
  });

  it('is answered 503 and logged, without the token, when our own code fails', async () => {
    const accept = () => Promise.reject(new TypeError('not foreseen'));
    server = await startTriggerServer({ writer: { accept, record } });
    const { url, token } = await server.anEndpoint();
    expect((await sendJson(url, {})).status).toBe(503);
    expect(server.logged).toHaveLength(1);
    expect(server.logged[0]).toContain('not foreseen');
    expect(server.logged[0]).not.toContain(token);
  });

  it('still hears why it is refused when the refusal cannot be logged', async () => {
    server = await startTriggerServer({ writer: { accept: async () => ({ kind: 'stored' }), record } });
    const answer = await send((await server.anEndpoint()).url, { method: 'PUT' });
    expect(answer.status).toBe(405);
    expect(answer.json()).not.toHaveProperty('eventId');
  });
});

describe('a database that is away after an endpoint was seen', () => {
  it('lets known endpoints hold their requests, and refuses nobody by old settings', async () => {
    let isAway = false;
    server = await startTriggerServer();
    const endpoint = await server.anEndpoint();
    const stored = await new EndpointLookup(server.pools.aside, server.box).findByToken(endpoint.token);
    const second = await startTriggerServer({
      lookup: {
        findByToken: async () => {
          if (isAway) throw new StorageUnavailable('away');
          return stored;
        },
      },
      writer: { accept: async () => ({ kind: 'stored' }), record },
    });
    try {
      const url = `${second.url}/hooks/${endpoint.token}`;
      expect((await sendJson(url, {})).status).toBe(200);
      isAway = true;
      const tooOld = performance.now() + 1_100;
      await expect.poll(() => performance.now(), { interval: 50 }).toBeGreaterThan(tooOld);
      expect((await sendJson(url, {})).status).toBe(200);
      expect((await send(url, { method: 'PUT' })).status).toBe(503);
    } finally {
      await second.close();
    }
  });
});
