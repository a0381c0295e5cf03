import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
});
afterAll(() => api.close());

const definition = { format: 1, steps: [] };

describe('every refusal', () => {
  it.each([
    ['an unknown address', 'GET nowhere', {}, 404],
    ['an unknown address with a body', 'POST nowhere', { body: {} }, 404],
    ['a method that is not there', 'PATCH workflows', { body: {} }, 404],
    ['an address that cannot be read', 'GET /api/v1/%ff', {}, 400],
    ['nobody signed in', 'GET workflows', { key: null }, 401],
    ['a key of another shape', 'GET workflows', { key: 'abc' }, 401],
    ['malformed JSON', 'POST workflows', { rawBody: '{"name":' }, 400],
    ['JSON of another encoding', 'POST workflows', { rawBody: '\ufeff\ufeff{}' }, 400],
    [
      'a form',
      'POST workflows',
      { rawBody: 'a=b', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
    ],
    ['text', 'POST workflows', { rawBody: '{}', headers: { 'content-type': 'text/plain' } }, 415],
    ['no body', 'POST workflows', {}, 422],
    ['an empty JSON body', 'POST workflows', { rawBody: '' }, 422],
    ['JSON that is no object', 'POST workflows', { rawBody: '[]' }, 422],
    ['JSON nested too deep', 'POST workflows', { rawBody: '['.repeat(10_000) + ']'.repeat(10_000) }, 400],
    ['a body that is too large', 'POST workflows', { rawBody: `"${'x'.repeat(5_000_000)}"` }, 413],
    ['a broken id', 'GET endpoints/%00', {}, 404],
  ] as const)('is problem+json without inner workings: %s', async (_name, what, options, status) => {
    const answer = await api.call(what, options);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.body).toMatchObject({ status, title: expect.any(String) });
    expect(JSON.stringify(answer.body)).not.toMatch(/node_modules|FST_|select |\.ts:|\.js:|statusCode/);
  });

  it('names the field', async () => {
    const answer = await api.call('POST workflows', {
      body: { name: '', definition: { ...definition, steps: [{ id: 1 }] } },
    });
    const paths = answer.body.errors.map((error: { path: string }) => error.path);
    expect(paths).toEqual(
      expect.arrayContaining(['name', 'definition.steps.0.id', 'definition.steps.0.type']),
    );
  });
});

describe('a body', () => {
  it('may be JSON of any flavour', async () => {
    const rawBody = JSON.stringify({ name: 'Flavour', definition });
    const headers = { 'content-type': 'application/merge-patch+json; charset=utf-8' };
    expect((await api.call('POST workflows', { rawBody, headers })).status).toBe(201);
  });

  it('cannot reach a prototype', async () => {
    const rawBody =
      '{"name":"Proto","definition":{"format":1,"steps":[],"__proto__":{"polluted":1}},"__proto__":{"polluted":1}}';
    const answer = await api.call('POST workflows', { rawBody });
    expect(answer.status).toBe(201);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('every page', () => {
  it('may run no script but the files of this server', async () => {
    for (const path of ['/', '/api/docs', '/api/v1/session', '/health/live', '/nowhere.js']) {
      const { headers } = await api.call(`GET ${path}`, { key: null });
      expect(headers['content-security-policy']).toMatch(/script-src 'self';.*frame-ancestors 'none'/);
      expect(headers['x-content-type-options']).toBe('nosniff');
    }
  });

  it('is not served in place of a missing script', async () => {
    expect((await api.call('GET /assets/missing.js', { key: null })).status).toBe(404);
  });
});

describe('health', () => {
  it('is live and ready while a request could be stored', async () => {
    expect((await api.call('GET /health/live', { key: null })).status).toBe(200);
    expect((await api.call('GET /health/ready', { key: null })).status).toBe(200);
  });

  it('counts for Prometheus from the start', async () => {
    const { body } = await api.call('GET /metrics', { key: null });
    expect(body).toContain('hookloom_events_total{status="accepted"} 0');
    expect(body).toContain('hookloom_runs_total{status="succeeded"} 0');
  });
});

describe('a server that stops', () => {
  it('is not ready, and still alive', async () => {
    const stopping = await ApiUnderTest.start();
    stopping.parts.readiness.beginStop();
    const ready = await stopping.call('GET /health/ready', { key: null });
    expect(ready).toMatchObject({ status: 503, body: { detail: 'Not ready: stopping.' } });
    expect((await stopping.call('GET /health/live', { key: null })).status).toBe(200);
    await stopping.close();
  });
});
