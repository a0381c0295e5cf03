import { createHmac, randomUUID } from 'node:crypto';
import { deflateRawSync, deflateSync, brotliCompressSync, gzipSync } from 'node:zlib';
import { LIMITS } from '@hookloom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send, sendJson, startTriggerServer, type TriggerServer } from '../../test/trigger-server.js';

let server: TriggerServer;
beforeAll(async () => {
  server = await startTriggerServer();
});
afterAll(() => server.close());

const SECRET = 'correct horse battery staple';
const sha256 = (body: string | Buffer) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
const JSON_TYPE = { 'content-type': 'application/json' };

async function eventOf(id: string): Promise<Record<string, any>> {
  const [event] = await server.rows('select * from event where id = $1', [id]);
  return event!;
}

async function onlyEvent(endpointId: string): Promise<Record<string, any>> {
  const events = await server.rows('select * from event where endpoint_id = $1', [endpointId]);
  expect(events).toHaveLength(1);
  return events[0]!;
}

describe('a flood of refused requests', () => {
  it('is answered to the end, but logged only up to the bound, and other URLs keep their own', async () => {
    const endpoint = await server.anEndpoint({ settings: { sender: 'github' }, secret: SECRET });
    const other = await server.anEndpoint({ settings: { sender: 'github' }, secret: SECRET });
    const forged = { headers: { ...JSON_TYPE, 'x-hub-signature-256': sha256('other') }, body: '{}' };
    const statuses: number[] = [];
    for (let n = 0; n < 4 * LIMITS.rejectedPerMinute; n += 1)
      statuses.push((await send(endpoint.url, forged)).status);
    expect(new Set(statuses)).toEqual(new Set([401]));
    const [logged] = await server.rows('select count(*)::int as n from event where endpoint_id = $1', [
      endpoint.id,
    ]);
    // Another minute may begin meanwhile, and has a bound of its own.
    expect(logged?.['n']).toBeGreaterThanOrEqual(LIMITS.rejectedPerMinute);
    expect(logged?.['n']).toBeLessThan(statuses.length);
    expect((await send(other.url, forged)).status).toBe(401);
    expect(await onlyEvent(other.id)).toMatchObject({ status: 'rejected', answer_status: 401 });
  });
});

describe('an event that is taken', () => {
  it('is answered 200 with its id once it and its run are stored, with the exact bytes', async () => {
    const endpoint = await server.anEndpoint();
    const body = '{ "a" : 1.50, "a": 2 }\n';
    const answer = await send(`${endpoint.url}?x=1&x=%20`, {
      headers: { ...JSON_TYPE, 'X-Twice': ['one', 'two'] },
      body,
    });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toContain('application/json');
    const { eventId } = answer.json();
    expect(answer.json()).toEqual({ eventId });
    const event = await eventOf(eventId);
    expect(event).toMatchObject({
      status: 'accepted',
      method: 'POST',
      query: 'x=1&x=%20',
      answer_status: 200,
    });
    expect(event['body'].toString()).toBe(body);
    expect(JSON.parse(event['headers'])).toMatchObject({ 'x-twice': 'one, two' });
    const runs = await server.rows('select id, state from run_queue where event_id = $1', [eventId]);
    expect(runs).toEqual([{ id: expect.any(String), state: 'queued' }]);
    expect(server.rung).toContain(runs[0]!['id']);
  });

  it('is captured when no live workflow starts from the endpoint', async () => {
    const endpoint = await server.anEndpoint({ routes: [] });
    const { eventId } = (await sendJson(endpoint.url, { a: 1 })).json();
    expect(await eventOf(eventId)).toMatchObject({ status: 'captured', reason: null });
    expect(await server.rows('select 1 from run_queue where event_id = $1', [eventId])).toEqual([]);
  });

  it('is held when every live workflow is paused, and accepted when only some are', async () => {
    const paused = await server.anEndpoint({ routes: [{ paused: true }, { paused: true }] });
    const mixed = await server.anEndpoint({ routes: [{ paused: true }, { paused: false }] });
    const held = (await sendJson(paused.url, {})).json().eventId;
    const accepted = (await sendJson(mixed.url, {})).json().eventId;
    expect(await eventOf(held)).toMatchObject({ status: 'held' });
    expect(await eventOf(accepted)).toMatchObject({ status: 'accepted' });
    const states = await server.rows('select state from run_queue where event_id = $1 order by state', [
      accepted,
    ]);
    expect(states).toEqual([{ state: 'held' }, { state: 'queued' }]);
  });

  it('is answered as the endpoint says, confined and without cookies', async () => {
    const endpoint = await server.anEndpoint({
      settings: {
        response: {
          status: 202,
          body: '<script>alert(1)</script>',
          headers: {
            'X-Own': 'yes',
            'Set-Cookie': 'a=b',
            'Content-Type': 'text/html',
            'Content-Length': '1',
          },
        },
      },
    });
    const answer = await sendJson(endpoint.url, {});
    expect(answer).toMatchObject({ status: 202, text: '<script>alert(1)</script>' });
    expect(answer.headers).toMatchObject({
      'x-own': 'yes',
      'content-type': 'text/html',
      'content-security-policy': 'sandbox',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(await onlyEvent(endpoint.id)).toMatchObject({ answer_status: 202 });
  });

  it('may be answered with nothing at all', async () => {
    const endpoint = await server.anEndpoint({ settings: { response: { status: 204 } } });
    expect(await sendJson(endpoint.url, {})).toMatchObject({ status: 204, text: '' });
  });
});

describe('a repeat', () => {
  const settings = { sender: 'github' };
  const delivery = (id: string) => ({ 'x-github-delivery': id, 'x-github-event': 'push' });

  it('is answered with the first id and starts no second run', async () => {
    const endpoint = await server.anEndpoint({ settings });
    const headers = delivery(randomUUID());
    const first = (await sendJson(endpoint.url, { n: 1 }, headers)).json();
    const second = await sendJson(endpoint.url, { n: 2 }, headers);
    expect(second.status).toBe(200);
    expect(second.json()).toEqual({ eventId: first.eventId, duplicate: true });
    const events = await server.rows(
      'select status, duplicate_of from event where endpoint_id = $1 order by id',
      [endpoint.id],
    );
    expect(events).toEqual([
      { status: 'accepted', duplicate_of: null },
      { status: 'duplicate', duplicate_of: first.eventId },
    ]);
    expect(await server.rows('select 1 from run_queue where event_id = $1', [first.eventId])).toHaveLength(1);
  });

  it.each(['trigger.body.order', 'body.order'])(
    'is told apart by the key %s of the endpoint',
    async (key) => {
      const endpoint = await server.anEndpoint({ settings: { dedupe: { key } } });
      const first = (await sendJson(endpoint.url, { order: 7, at: 1 })).json();
      expect((await sendJson(endpoint.url, { order: 7, at: 2 })).json()).toEqual({
        eventId: first.eventId,
        duplicate: true,
      });
      expect((await sendJson(endpoint.url, { order: 8 })).json().duplicate).toBeUndefined();
    },
  );

  it('is none where the key finds nothing, and where the key fails the event says so', async () => {
    const missing = await server.anEndpoint({ settings: { dedupe: { key: 'trigger.body.nothing' } } });
    const failing = await server.anEndpoint({ settings: { dedupe: { key: '$error("no")' } } });
    for (const endpoint of [missing, failing]) {
      for (const _ of [1, 2]) expect((await sendJson(endpoint.url, {})).json().duplicate).toBeUndefined();
    }
    const [event] = await server.rows('select flags from event where endpoint_id = $1', [failing.id]);
    expect(JSON.parse(event!['flags'])).toEqual(['dedupe_failed']);
  });

  it('of 200 at once leaves exactly one accepted', async () => {
    const endpoint = await server.anEndpoint({ settings });
    const headers = delivery(randomUUID());
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => sendJson(endpoint.url, { n: 1 }, headers)),
    );
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    expect(answers.filter((answer) => answer.json().duplicate === undefined)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.json().eventId)).size).toBe(1);
    const counts = await server.rows(
      'select status, count(*)::int as count from event where endpoint_id = $1 group by status order by status',
      [endpoint.id],
    );
    expect(counts).toEqual([
      { status: 'accepted', count: 1 },
      { status: 'duplicate', count: 199 },
    ]);
    expect(
      await server.rows('select 1 from run_queue where event_id = $1', [answers[0]!.json().eventId]),
    ).toHaveLength(1);
  });
});

describe("a sender's handshake", () => {
  const challenge = { type: 'url_verification', challenge: 'abc123', token: 't' };

  it('is answered, logged as captured, and starts no run', async () => {
    const endpoint = await server.anEndpoint({ settings: { sender: 'slack' } });
    const answer = await sendJson(endpoint.url, challenge);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('abc123');
    expect(await onlyEvent(endpoint.id)).toMatchObject({ status: 'captured', reason: 'handshake' });
    expect(
      await server.rows(
        'select 1 from run_queue q join event e on e.id = q.event_id where e.endpoint_id = $1',
        [endpoint.id],
      ),
    ).toEqual([]);
  });
});

describe('a handshake that hands a secret over', () => {
  it('is answered once the secret is kept, and never replaces one', async () => {
    const endpoint = await server.anEndpoint({ settings: { sender: 'asana' } });
    const ask = (secret: string) =>
      send(endpoint.url, { headers: { ...JSON_TYPE, 'x-hook-secret': secret }, body: '{}' });
    const first = await ask('first-secret');
    expect(first).toMatchObject({ status: 200, headers: { 'x-hook-secret': 'first-secret' } });
    const secrets = () => server.rows('select id from endpoint_secret where endpoint_id = $1', [endpoint.id]);
    const kept = await secrets();
    expect(kept).toHaveLength(1);
    await ask('second-secret');
    expect(await secrets()).toEqual(kept);
    const unsigned = await sendJson(endpoint.url, { events: [{}] });
    expect(unsigned.status).toBe(401);
  });
});

describe('a request that is refused', () => {
  it('gets 404 for an unknown token and one that cannot be a token', async () => {
    const unknown = await sendJson(`${server.url}/hooks/${'x'.repeat(32)}`, {});
    const impossible = await sendJson(`${server.url}/hooks/a.b`, {});
    expect(unknown.status).toBe(404);
    expect(impossible.status).toBe(404);
    expect(unknown.headers['content-type']).toContain('application/problem+json');
    expect(impossible.text).toBe(unknown.text);
  });

  it('gets 429 with Retry-After over the rate limit, and is counted', async () => {
    const endpoint = await server.anEndpoint({ settings: { rateLimit: { perSecond: 0.1, burst: 2 } } });
    const statuses = [];
    for (let at = 0; at < 3; at += 1) statuses.push(await sendJson(endpoint.url, {}));
    expect(statuses.map((answer) => answer.status)).toEqual([200, 200, 429]);
    const seconds = Number(statuses[2]!.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(10);
    await expect
      .poll(() => server.metrics.registry.metrics())
      .toContain('hookloom_events_total{status="rate_limited"} 1');
  });

  it('gets 413 over the limit, by its length, by counting and after inflating, and is logged without body', async () => {
    const settings = { maxBodyBytes: 1_000 };
    const named = await server.anEndpoint({ settings });
    const counted = await server.anEndpoint({ settings });
    const inflated = await server.anEndpoint({ settings });
    const large = 'x'.repeat(5_000);
    const answers = [
      await send(named.url, { body: large }),
      await send(counted.url, { chunks: [large.slice(0, 900), large] }),
      await send(inflated.url, { headers: { 'content-encoding': 'gzip' }, body: gzipSync(large) }),
    ];
    expect(answers.map((answer) => answer.status)).toEqual([413, 413, 413]);
    for (const endpoint of [named, counted, inflated]) {
      const event = await onlyEvent(endpoint.id);
      expect(event).toMatchObject({ status: 'rejected', reason: 'body_too_large', body_bytes: 0 });
    }
  });

  it('takes a body of exactly the limit', async () => {
    const endpoint = await server.anEndpoint({ settings: { maxBodyBytes: 1_000 } });
    expect((await send(endpoint.url, { body: 'x'.repeat(1_000) })).status).toBe(200);
    expect((await send(endpoint.url, { chunks: ['x'.repeat(500), 'y'.repeat(500)] })).status).toBe(200);
  });

  it('gets 415 for two layers of encoding and for unknown ones', async () => {
    const endpoint = await server.anEndpoint();
    for (const encoding of ['gzip, gzip', 'zstd', 'compress']) {
      const answer = await send(endpoint.url, { headers: { 'content-encoding': encoding }, body: 'x' });
      expect(answer.status).toBe(415);
    }
    const [event] = await server.rows('select * from event where endpoint_id = $1', [endpoint.id]);
    expect(event).toMatchObject({ status: 'rejected' });
    expect(event!['reason']).toMatch(/^encoding/);
  });

  it('gets 405 with Allow for a method that is not enabled, whatever the method is', async () => {
    const endpoint = await server.anEndpoint({ settings: { methods: ['POST', 'PUT'] } });
    for (const method of ['GET', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD', 'PROPFIND', 'MKCOL', 'TRACE']) {
      const answer = await send(endpoint.url, { method });
      expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, 'POST, PUT']);
    }
    expect((await send(endpoint.url, { method: 'PUT', headers: JSON_TYPE, body: '{}' })).status).toBe(200);
    const rejected = await server.rows(
      "select method, reason from event where endpoint_id = $1 and status = 'rejected'",
      [endpoint.id],
    );
    expect(rejected).toHaveLength(8);
    expect(rejected[0]).toEqual({ method: 'GET', reason: 'method' });
  });

  it('gets 401 for a missing or wrong signature, logged with reason and hint', async () => {
    const settings = { sender: 'github' };
    const endpoint = await server.anEndpoint({ settings, secret: SECRET });
    const body = '{"zen":"x"}';
    const missing = await send(endpoint.url, { headers: JSON_TYPE, body });
    const wrong = await send(endpoint.url, {
      headers: { ...JSON_TYPE, 'x-hub-signature-256': sha256('other') },
      body,
    });
    const short = await send(endpoint.url, {
      headers: { ...JSON_TYPE, 'x-hub-signature-256': 'sha256=ab' },
      body,
    });
    expect([missing.status, wrong.status, short.status]).toEqual([401, 401, 401]);
    expect(wrong.json()).toMatchObject({
      status: 401,
      code: 'signature_mismatch',
      detail: expect.any(String),
    });
    const event = await eventOf(wrong.json().eventId);
    expect(event).toMatchObject({ status: 'rejected', reason: 'signature_mismatch', answer_status: 401 });
    expect(JSON.parse(event['verification'])).toMatchObject({ status: 'failed', hint: expect.any(String) });
    const right = await send(endpoint.url, {
      headers: { ...JSON_TYPE, 'x-hub-signature-256': sha256(body) },
      body,
    });
    expect(right.status).toBe(200);
    expect(JSON.parse((await eventOf(right.json().eventId))['verification'])).toEqual({ status: 'verified' });
  });

  it('gets 422 with the list of errors when the body is not of the declared shape', async () => {
    const schema = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } };
    const endpoint = await server.anEndpoint({ settings: { schema } });
    const answer = await sendJson(endpoint.url, { total: 'many' });
    expect(answer.status).toBe(422);
    expect(answer.json().errors).toEqual([{ path: 'total', message: expect.any(String) }]);
    expect((await sendJson(endpoint.url, { total: 3 })).status).toBe(200);
    const [event] = await server.rows(
      "select reason from event where endpoint_id = $1 and status = 'rejected'",
      [endpoint.id],
    );
    expect(event!['reason']).toMatch(/^wrong_shape/);
  });

  it('is checked in the order of the contract', async () => {
    const endpoint = await server.anEndpoint({
      settings: { sender: 'github', maxBodyBytes: 100, methods: ['POST'], schema: { type: 'string' } },
      secret: SECRET,
    });
    const ask = (method: string, headers: Record<string, string>, body: string) =>
      send(endpoint.url, { method, headers: { ...JSON_TYPE, ...headers }, body }).then(
        (answer) => answer.status,
      );
    const signed = (body: string) => ({ 'x-hub-signature-256': sha256(body) });
    expect(await ask('PUT', { 'content-encoding': 'zstd' }, 'x'.repeat(101))).toBe(413);
    expect(await ask('PUT', { 'content-encoding': 'zstd' }, 'x')).toBe(415);
    expect(await ask('PUT', {}, '{')).toBe(405);
    expect(await ask('POST', {}, '{')).toBe(401);
    expect(await ask('POST', signed('{'), '{')).toBe(400);
    expect(await ask('POST', signed('{}'), '{}')).toBe(422);
    expect(await ask('POST', signed('"x"'), '"x"')).toBe(200);
  });

  it('is stored up to 60 times a minute, then only counted', async () => {
    const endpoint = await server.anEndpoint({ settings: { methods: ['PUT'] } });
    const answers = await Promise.all(Array.from({ length: 80 }, () => sendJson(endpoint.url, {})));
    expect(answers.every((answer) => answer.status === 405)).toBe(true);
    const [{ count }] = (await server.rows('select count(*)::int from event where endpoint_id = $1', [
      endpoint.id,
    ])) as [{ count: number }];
    expect(count).toBeGreaterThanOrEqual(60);
    expect(count).toBeLessThan(80);
  });

  it('keeps 16 KiB of its body', async () => {
    const endpoint = await server.anEndpoint({ settings: { methods: ['PUT'] } });
    await send(endpoint.url, { body: Buffer.alloc(40_000, 'x') });
    const event = await onlyEvent(endpoint.id);
    expect(event).toMatchObject({ body_bytes: 16 * 1024, flags: '["body_cut"]' });
  });
});

describe('a compressed body', () => {
  it('is read under one layer of gzip, deflate or br, and kept and verified as it was sent', async () => {
    const endpoint = await server.anEndpoint({
      settings: { sender: 'github', schema: { type: 'object', required: ['zen'] } },
      secret: SECRET,
    });
    const json = JSON.stringify({ zen: 'x'.repeat(2_000) });
    const bodies = {
      gzip: gzipSync(json),
      deflate: deflateSync(json),
      DEFLATE: deflateRawSync(json),
      br: brotliCompressSync(json),
    };
    for (const [encoding, body] of Object.entries(bodies)) {
      const headers = { ...JSON_TYPE, 'content-encoding': encoding, 'x-hub-signature-256': sha256(body) };
      const answer = await send(endpoint.url, { headers, body });
      expect([encoding, answer.status]).toEqual([encoding, 200]);
      expect((await eventOf(answer.json().eventId))['body'].equals(body)).toBe(true);
    }
  });

  it('that is damaged is unreadable', async () => {
    const endpoint = await server.anEndpoint();
    const headers = { ...JSON_TYPE, 'content-encoding': 'gzip' };
    const cut = await send(endpoint.url, { headers, body: gzipSync('{"a":1}').subarray(0, 12) });
    const fake = await send(endpoint.url, { headers, body: '{"a":1}' });
    expect([cut.status, fake.status]).toEqual([400, 400]);
  });
});

describe('a change of the endpoint', () => {
  it('is in force within a second, also under traffic', async () => {
    const endpoint = await server.anEndpoint();
    expect((await sendJson(endpoint.url, {})).status).toBe(200);
    await server.rows(`update endpoint set settings = $2, revision = revision + 1 where id = $1`, [
      endpoint.id,
      JSON.stringify({ sender: 'any', methods: ['PUT'], maxBodyBytes: 1_000 }),
    ]);
    const changedAt = performance.now();
    let status = 200;
    let lastTaken = changedAt;
    for (let sentAt = changedAt; sentAt - changedAt < 3_000; sentAt = performance.now()) {
      status = (await sendJson(endpoint.url, {})).status;
      if (status !== 200) break;
      lastTaken = sentAt;
    }
    expect(status).toBe(405);
    // When it was sent counts: how long an answer takes is the machine's affair.
    expect(lastTaken - changedAt).toBeLessThan(1_100);
  });

  it('is in force at once for what would be stored by old routes', async () => {
    const endpoint = await server.anEndpoint({ routes: [] });
    await sendJson(endpoint.url, {});
    await server.rows(`update endpoint set revision = revision + 1 where id = $1`, [endpoint.id]);
    const [{ id: workflowId }] = (await server.rows(
      `insert into workflow (project_id, key, name, definition) values ($1, $2, 'w', '{}') returning id`,
      [server.projectId, `w-${randomUUID()}`],
    )) as [{ id: string }];
    await server.rows(
      `insert into endpoint_route (endpoint_id, workflow_id, step_id, project_id, version) values ($1, $2, 'h', $3, 4)`,
      [endpoint.id, workflowId, server.projectId],
    );
    const { eventId } = (await sendJson(endpoint.url, {})).json();
    expect(await eventOf(eventId)).toMatchObject({ status: 'accepted' });
  });

  it('a deleted endpoint is unknown', async () => {
    const endpoint = await server.anEndpoint();
    await sendJson(endpoint.url, {});
    await server.rows('delete from endpoint where id = $1', [endpoint.id]);
    expect((await sendJson(endpoint.url, {})).status).toBe(404);
  });
});
