import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
let document: any;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  document = (await api.call('GET openapi.json', { key: null })).body;
});
afterAll(() => api.close());

const registered = () =>
  api.parts.routes.routes
    .filter((route) => route.operation && !route.operation.hidden && route.method !== 'HEAD')
    .map((route) => `${route.method} ${route.url.replace(/:(\w+)/g, '{$1}')}`);

const operations = (): [string, any][] =>
  Object.entries<any>(document.paths).flatMap(([path, methods]) =>
    Object.entries<any>(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as [string, any],
    ),
  );

describe('the OpenAPI document', () => {
  it('is version 3.1 and describes every route, and no other', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(
      operations()
        .map(([name]) => name)
        .toSorted(),
    ).toEqual(registered().toSorted());
  });

  it('names every operation once', () => {
    const ids = operations().map(([, operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('holds every schema that it refers to', () => {
    const text = JSON.stringify(document);
    const names = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref = '']) => ref);
    expect(names.length).toBeGreaterThan(50);
    for (const name of new Set(names)) {
      expect(name).toMatch(/^#\/components\/schemas\//);
      expect(document.components.schemas).toHaveProperty([name.split('/').pop() ?? '']);
    }
  });

  it('says what a body may leave out and what an answer always has', () => {
    const { schemas } = document.components;
    expect(schemas.EndpointInput.required).toEqual(['name']);
    expect(schemas.Endpoint.required).toEqual(
      expect.arrayContaining(['id', 'key', 'url', 'token', 'methods']),
    );
    expect(schemas.WorkflowDefinition.required).toContain('edges');
    expect(schemas.WorkflowDefinitionAsInput.required).toEqual(['format', 'steps']);
  });

  it('tells the statuses of the contract', () => {
    const publish = document.paths['/api/v1/workflows/{id}'].put;
    expect(Object.keys(publish.responses).toSorted()).toEqual(
      ['200', '400', '401', '403', '404', '409', '422', 'default'].toSorted(),
    );
    expect(document.paths['/api/v1/session'].get.security).toEqual([]);
  });
});

describe('the page for people', () => {
  it('comes whole from this server, without inline script', async () => {
    const page = await api.call('GET /api/docs', { key: null });
    expect(page.headers['content-type']).toContain('text/html');
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    const addresses = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, address]) => address);
    expect(addresses.every((address) => /^\/[^/]/.test(address))).toBe(true);
    expect(page.body).not.toMatch(/<script(?![^>]*src=)/);
    const own = addresses.filter((address) => address.startsWith('/api/')); // the icon is the web app's
    expect(own.length).toBeGreaterThan(2);
    for (const address of own) expect((await api.call(`GET ${address}`, { key: null })).status).toBe(200);
  });
});
