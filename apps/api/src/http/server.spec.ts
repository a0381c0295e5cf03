import { afterEach, expect, it } from 'vitest';
import { createServer, isTriggerUrl } from './server.js';

const adapter = createServer('http://localhost:3210');
afterEach(() => adapter.getInstance().close());

it('gives slow and many clients less time and room than Node does', () => {
  const { server } = adapter.getInstance();
  expect(server.headersTimeout).toBe(10_000);
  expect(server.requestTimeout).toBe(30_000);
  expect(server.maxConnections).toBe(10_000);
});

it('knows trigger URLs', () => {
  expect(isTriggerUrl('/hooks/abc?x=1')).toBe(true);
  expect(['/hook', '/hooks', '/api/v1/hooks/', undefined].some(isTriggerUrl)).toBe(false);
});
