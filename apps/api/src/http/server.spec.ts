import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createServer, isTriggerUrl } from './server.js';

let adapter: ReturnType<typeof createServer>;
beforeEach(() => {
  adapter = createServer('http://localhost:3210');
});
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

it.each([
  ['bytes that are no HTTP', 'hello\r\n\r\n', 400],
  ['a body of two lengths', 'POST / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n', 400],
  ['headers without end', `GET / HTTP/1.1\r\nhost: h\r\na: ${'x'.repeat(20_000)}`, 431],
])('answers %s with a problem, and hangs up', async (_name, sent, status) => {
  const server = adapter.getInstance();
  await server.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((server.server.address() as AddressInfo).port, '127.0.0.1');
  socket.write(sent);
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  expect(head).toContain(`HTTP/1.1 ${status} `);
  expect(head).toContain('content-type: application/problem+json');
  expect(JSON.parse(body)).toMatchObject({ status, title: expect.any(String), detail: expect.any(String) });
});

it('answers a trigger URL that cannot be decoded like any other that is not there', async () => {
  const server = adapter.getInstance();
  const hook = await server.inject({ method: 'POST', url: '/hooks/%ff' });
  expect(hook.statusCode).toBe(404);
  expect(hook.headers['content-type']).toContain('application/problem+json');
  expect((await server.inject('/elsewhere/%ff')).statusCode).toBe(400);
});
