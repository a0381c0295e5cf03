import { createServer, type Server } from 'node:net';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { HttpRequest, StepError } from '@hookloom/step-kit';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllowedHosts } from './allowed-hosts.js';
import { createEgress, type Egress } from './egress.js';

const LIMIT = 64 * 1024;
let egress: Egress;
let receiver: HttpReceiver;

function get(url: string, more: Partial<HttpRequest> = {}) {
  return egress.http.send({ method: 'GET', url, signal: AbortSignal.timeout(5_000), ...more });
}

async function failureOf(call: Promise<unknown>): Promise<StepError> {
  try {
    await call;
  } catch (error) {
    return error as StepError;
  }
  throw new Error('It did not fail');
}

beforeAll(() => {
  egress = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.1, localhost'), maxResponseBytes: LIMIT });
});
afterAll(() => egress.close());
beforeEach(async () => {
  receiver = await startHttpReceiver();
});
afterEach(() => receiver.close());

describe('a request', () => {
  it('arrives as it was given and its answer comes back whole', async () => {
    receiver.answer((_request, response) => {
      response.writeHead(201, { 'x-id': '7', 'set-cookie': ['a=1', 'b=2'] }).end('made');
    });
    const answer = await get(`${receiver.url}/orders?a=%20b`, {
      method: 'POST',
      headers: { 'X-List': ['one', 'two'], 'content-type': 'text/plain' },
      body: 'body',
    });
    expect(receiver.requests[0]).toMatchObject({ method: 'POST', url: '/orders?a=%20b' });
    expect(receiver.requests[0]?.headers).toMatchObject({
      'x-list': 'one, two',
      'content-type': 'text/plain',
    });
    expect(receiver.requests[0]?.body.toString()).toBe('body');
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ 'x-id': '7', 'set-cookie': 'a=1, b=2' });
    expect(new TextDecoder().decode(answer.body)).toBe('made');
  });

  it('gives an answer of 500 back instead of throwing', async () => {
    receiver.answer((_request, response) => response.writeHead(500).end());
    await expect(get(receiver.url)).resolves.toMatchObject({ status: 500 });
  });

  it('reuses its connections', async () => {
    const ports = new Set<unknown>();
    receiver.answer((_request, response) => {
      ports.add(response.socket?.remotePort);
      response.end();
    });
    for (let turn = 0; turn < 5; turn += 1) await get(receiver.url);
    expect(ports.size).toBeLessThan(3);
  });
});

describe('the address guard', () => {
  it.each([
    'http://127.0.0.2/',
    'http://0x7f000002/',
    'http://2130706434/',
    'http://0177.0.0.2/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.2]/',
    'http://[::ffff:7f00:2]/',
    'http://[64:ff9b::7f00:2]/',
    'http://[2002:7f00:2::]/',
    'http://169.254.169.254/latest/meta-data/',
    'http://10.0.0.1/',
    'http://0/',
    'http://１２７.０.０.２/',
  ])('refuses %s', async (url) => {
    const error = await failureOf(get(url));
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'address_not_allowed' });
  });

  it('refuses a name that leads to this machine unless that name is allowed', async () => {
    const strict = createEgress({ allowedHosts: parseAllowedHosts('other.local') });
    const request = {
      method: 'GET',
      url: `http://localhost:${receiver.port}/`,
      signal: AbortSignal.timeout(5_000),
    };
    const error = await failureOf(strict.http.send(request));
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'address_not_allowed' });
    expect(error.message).toContain('localhost leads to an address of this machine');
    expect(receiver.requests).toHaveLength(0);
    await expect(egress.http.send(request)).resolves.toMatchObject({ status: 200 });
    await strict.close();
  });

  it.each(['ftp://example.com/', 'file:///etc/passwd', 'gopher://x/', 'not a url', 'http://'])(
    'refuses %s',
    async (url) => {
      expect(await failureOf(get(url))).toMatchObject({ name: 'ConfigurationError' });
    },
  );

  it('refuses a user or password in the address', async () => {
    const error = await failureOf(get(`http://user:secretword@127.0.0.1:${receiver.port}/`));
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'invalid_url' });
    expect(error.message).not.toContain('secretword');
  });
});

describe('headers', () => {
  it.each([
    'Host',
    'Content-Length',
    'Transfer-Encoding',
    'Connection',
    'Proxy-Authorization',
    'Upgrade',
    'TE',
  ])('refuses to set %s', async (name) => {
    const error = await failureOf(get(receiver.url, { headers: { [name]: 'x' } }));
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'invalid_header' });
  });

  it.each([
    ['a name with a line break', { 'x\r\ny': 'a' }],
    ['a name with a space', { 'x y': 'a' }],
    ['a value with a line break', { 'x-a': 'a\r\nx-b: c' }],
    ['a value with a zero byte', { 'x-a': 'a\0' }],
    ['a value outside Latin-1', { 'x-a': '→' }],
    ['a value in a list', { 'x-a': ['fine', 'a\nb'] }],
  ])('refuses %s', async (_name, headers) => {
    expect(await failureOf(get(receiver.url, { headers }))).toMatchObject({ code: 'invalid_header' });
    expect(receiver.requests).toHaveLength(0);
  });
});

describe('a large answer', () => {
  it('is stopped at the limit while it streams', async () => {
    let written = 0;
    receiver.answer((_request, response) => {
      const chunk = Buffer.alloc(16 * 1024);
      const write = (): void => {
        while (!response.destroyed && response.write(chunk)) written += chunk.length;
      };
      response.on('drain', write);
      write();
    });
    expect(await failureOf(get(receiver.url))).toMatchObject({
      name: 'PermanentError',
      code: 'response_too_large',
    });
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it('is refused at once when it is announced', async () => {
    receiver.answer((_request, response) =>
      response.writeHead(200, { 'content-length': LIMIT + 1 }).flushHeaders(),
    );
    expect(await failureOf(get(receiver.url))).toMatchObject({ code: 'response_too_large' });
  });

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
  ] as const)('is read from %s and stopped when it inflates over the limit', async (encoding, compress) => {
    let bytes = LIMIT;
    receiver.answer((_request, response) => {
      response.setHeader('content-encoding', encoding);
      response.end(compress(Buffer.alloc(bytes, 'x')));
    });
    expect((await get(receiver.url)).body.byteLength).toBe(LIMIT);
    bytes = LIMIT * 100;
    expect(await failureOf(get(receiver.url))).toMatchObject({ code: 'response_too_large' });
  });

  it('that is not what its content encoding says is an error with a sentence', async () => {
    receiver.answer((_request, response) => response.setHeader('content-encoding', 'gzip').end('plain'));
    expect(await failureOf(get(receiver.url))).toMatchObject({ name: 'PermanentError', code: 'bad_answer' });
  });
});

describe('what goes wrong on the way', () => {
  let raw: Server | undefined;
  afterEach(() => raw?.close());

  function listenRaw(onConnection: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(onConnection);
    raw = server;
    return new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () =>
        resolve(`http://127.0.0.1:${(server.address() as { port: number }).port}`),
      );
    });
  }

  it('says that a connection was refused', async () => {
    const { port } = receiver;
    await receiver.close();
    const error = await failureOf(get(`http://127.0.0.1:${port}/secret-path`));
    expect(error).toMatchObject({ name: 'RetryableError', code: 'connect_refused' });
    expect(error.message).toMatch(/^127\.0\.0\.1:\d+ refused the connection\./);
    expect(error.message).not.toContain('secret-path');
  });

  it('says that a connection was cut', async () => {
    const url = await listenRaw((socket) => socket.once('data', () => socket.resetAndDestroy()));
    expect(await failureOf(get(url))).toMatchObject({ name: 'RetryableError', code: 'connection_lost' });
  });

  it('says that less came than was announced', async () => {
    const url = await listenRaw((socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nabc')),
    );
    expect(await failureOf(get(url))).toMatchObject({ name: 'RetryableError', code: 'connection_lost' });
  });

  it('says that the other side does not speak HTTP', async () => {
    const url = await listenRaw((socket) => socket.end('220 mail.example.com ESMTP\r\n'));
    expect(await failureOf(get(url))).toMatchObject({ name: 'PermanentError', code: 'bad_answer' });
  });

  it('says that TLS is not spoken there', async () => {
    expect(await failureOf(get(`https://127.0.0.1:${receiver.port}/`))).toMatchObject({ code: 'tls' });
  });

  it('says that a name does not exist', async () => {
    expect(await failureOf(get('http://no-such-name.invalid/'))).toMatchObject({
      name: 'RetryableError',
      code: 'dns',
    });
  });

  it('ends a silent call when the time of the step is up', async () => {
    const url = await listenRaw(() => undefined);
    const error = await failureOf(get(url, { signal: AbortSignal.timeout(50) }));
    expect(error).toMatchObject({ name: 'RetryableError', code: 'timeout' });
  });

  it('ends a body that trickles when the time of the step is up', async () => {
    const url = await listenRaw((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\na'));
    });
    expect(await failureOf(get(url, { signal: AbortSignal.timeout(100) }))).toMatchObject({
      code: 'timeout',
    });
  });

  it('sends nothing when it was given up before', async () => {
    const error = await failureOf(get(receiver.url, { signal: AbortSignal.abort(new Error('lost')) }));
    expect(error).toMatchObject({ name: 'RetryableError', code: 'aborted' });
    expect(receiver.requests).toHaveLength(0);
  });
});

describe('a redirect', () => {
  function redirectTo(location: string, status = 302): void {
    receiver.answer((request, response) => {
      if (request.url === '/start') response.writeHead(status, { location }).end();
      else response.end('arrived');
    });
  }

  it('is not followed unless asked for', async () => {
    redirectTo('/next');
    await expect(get(`${receiver.url}/start`)).resolves.toMatchObject({ status: 302 });
    expect(receiver.requests).toHaveLength(1);
  });

  it('is followed, and the answer says where it came from', async () => {
    redirectTo('next?x=1');
    const answer = await get(`${receiver.url}/start`, { followRedirects: true });
    expect(answer).toMatchObject({ status: 200, url: `${receiver.url}/next?x=1` });
  });

  it.each([
    [301, 'POST', 'GET'],
    [302, 'POST', 'GET'],
    [303, 'POST', 'GET'],
    [303, 'PUT', 'GET'],
    [303, 'HEAD', 'HEAD'],
    [301, 'PUT', 'PUT'],
    [307, 'POST', 'POST'],
    [308, 'POST', 'POST'],
  ])('with %i turns %s into %s', async (status, method, expected) => {
    redirectTo('/next', status);
    const body = method === 'HEAD' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } };
    await get(`${receiver.url}/start`, { method, followRedirects: true, ...body });
    const [, second] = receiver.requests;
    expect(second?.method).toBe(expected);
    expect(second?.body.toString()).toBe(expected === method && method !== 'HEAD' ? '{}' : '');
    expect('content-type' in (second?.headers ?? {})).toBe(expected === method && method !== 'HEAD');
  });

  it('to the same host keeps the login, to another host drops everything secret', async () => {
    const headers = {
      authorization: 'Bearer x',
      cookie: 'a=b',
      'x-api-key': 'k',
      'x-custom': 'mine',
      'idempotency-key': 'i',
      'x-plain': 'stays',
    };
    const request = { method: 'PUT', headers, secretHeaders: ['x-custom'], followRedirects: true };
    redirectTo('/next', 307);
    await get(`${receiver.url}/start`, request);
    expect(receiver.requests[1]?.headers).toMatchObject(headers);
    redirectTo(`http://localhost:${receiver.port}/next`, 307);
    await get(`${receiver.url}/start`, request);
    const last = receiver.requests[3]?.headers ?? {};
    expect(last['x-plain']).toBe('stays');
    for (const name of ['authorization', 'cookie', 'x-api-key', 'x-custom', 'idempotency-key']) {
      expect(last).not.toHaveProperty(name);
    }
  });

  it('passes the guard at each hop', async () => {
    redirectTo(`http://127.0.0.2:${receiver.port}/next`);
    const error = await failureOf(get(`${receiver.url}/start`, { followRedirects: true }));
    expect(error).toMatchObject({ code: 'address_not_allowed' });
    expect(receiver.requests).toHaveLength(1);
  });

  it.each(['ftp://example.com/', 'http://user:pw@localhost/'])('to %s is refused', async (location) => {
    redirectTo(location);
    const error = await failureOf(get(`${receiver.url}/start`, { followRedirects: true }));
    expect(error.name).toBe('ConfigurationError');
  });

  it('is given up after five', async () => {
    receiver.answer((_request, response) => response.writeHead(302, { location: '/again' }).end());
    const error = await failureOf(get(receiver.url, { followRedirects: true }));
    expect(error).toMatchObject({ name: 'PermanentError', code: 'too_many_redirects' });
    expect(receiver.requests).toHaveLength(6);
  });
});
