import type { HttpRequest } from '@hookloom/step-kit';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { parseAllowedHosts } from './allowed-hosts.js';
import type { Egress, EgressOptions } from './egress.js';

/** 127.0.0.1 stands for a public host; [::1] is a private one that the operator opened. Other files share our modules. */
let createEgress: (options: EgressOptions) => Egress;
beforeAll(async () => {
  vi.resetModules();
  vi.doMock(import('./address.js'), async (original) => {
    const real = await original();
    const isStandIn = (address: readonly number[]): boolean => address.join('.') === '127.0.0.1';
    return {
      ...real,
      specialKindOf: (address) => (isStandIn(address) ? undefined : real.specialKindOf(address)),
    };
  });
  ({ createEgress } = await import('./egress.js'));
});
afterAll(() => {
  vi.doUnmock('./address.js');
  vi.resetModules();
});

let egress: Egress;
let receiver: HttpReceiver;
beforeEach(async () => {
  receiver = await startHttpReceiver();
  egress = createEgress({ allowedHosts: parseAllowedHosts('::1') });
});
afterEach(async () => {
  await egress.close();
  await receiver.close();
});

function codeOf(url: string, more: Partial<HttpRequest> = {}): Promise<unknown> {
  const request = { method: 'GET', url, followRedirects: true, signal: AbortSignal.timeout(5_000), ...more };
  return egress.http.send(request).then(
    ({ status }) => status,
    (error: { code: unknown }) => error.code,
  );
}

it('a redirect from a public host does not reach what the operator opened for authors', async () => {
  receiver.answer((_request, response) => response.writeHead(302, { location: 'http://[::1]:9/' }).end());
  expect(await codeOf(receiver.url)).toBe('address_not_allowed');
  expect(await codeOf('http://[::1]:9/')).not.toBe('address_not_allowed');
});

it('a redirect from a public host reaches another public one', async () => {
  receiver.answer((request, response) =>
    request.url === '/' ? response.writeHead(302, { location: '/next' }).end() : response.end(),
  );
  expect(await codeOf(receiver.url)).toBe(200);
});
