import { createConnection } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  send,
  startTriggerServer,
  type RawAnswer,
  type TestEndpoint,
  type TriggerServer,
} from '../../test/trigger-server.js';

let server: TriggerServer;
let endpoint: TestEndpoint;
beforeAll(async () => {
  server = await startTriggerServer();
  endpoint = await server.anEndpoint({ settings: { dedupe: { key: 'trigger.body.id' } } });
});
afterAll(async () => {
  expect(server.logged).toEqual([]);
  await server.close();
});

const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
const json = (body: string | Buffer) =>
  send(endpoint.url, { headers: { 'content-type': 'application/json' }, body });
const typed = (type: string, body: string | Buffer) =>
  send(endpoint.url, { headers: { 'content-type': type }, body });

async function expectStored(answer: RawAnswer, body: string | Buffer): Promise<void> {
  expect(answer.status).toBe(200);
  const [event] = await server.rows('select body from event where id = $1', [answer.json().eventId]);
  expect(event!['body'].equals(Buffer.from(body))).toBe(true);
}

describe('a valid body with something rare in it', () => {
  const rare: Record<string, string | Buffer> = {
    'an escaped NUL': '{"id":"n\\u0000ul","a":"\\u0000"}',
    'a lone surrogate': '{"id":"\\ud800","a":"\\udfff"}',
    '64 levels': `{"id":"deep","a":${nested(63)}}`,
    'a number beyond all numbers': '{"id":"big","a":1e400,"b":-1e400}',
    '__proto__ as a key': '{"id":"proto","__proto__":{"polluted":true},"constructor":{"prototype":{"x":1}}}',
    'the same key twice': '{"id":"twice","id":"twice2"}',
    'bytes that are no UTF-8 in a text': Buffer.from('{"id":"latin","a":"\xe9\xff"}', 'latin1'),
    'a byte order mark': '\ufeff{"id":"bom"}',
    'only a number': '12345678901234567890',
    nothing: '',
  };
  for (const [name, body] of Object.entries(rare)) {
    it(`is taken with ${name}, byte by byte`, async () => {
      await expectStored(await json(body), body);
    });
  }

  it('pollutes no prototype', () => {
    expect(Object.prototype).not.toHaveProperty('polluted');
  });
});

describe('an unreadable body', () => {
  const unreadable: Record<string, () => Promise<RawAnswer>> = {
    'JSON of 65 levels': () => json(nested(65)),
    'JSON of 10,000 levels': () => json(nested(10_000)),
    'JSON of 500,000 brackets that never close': () => json('['.repeat(500_000)),
    'JSON that is cut off': () => json('{"a":'),
    'no JSON at all': () => json('hello'),
    'a multipart body that is cut off': () =>
      typed('multipart/form-data; boundary=b', '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\nval'),
    'a multipart body without a boundary': () => typed('multipart/form-data', '--b--'),
    'XML with a DOCTYPE': () => typed('application/xml', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'),
    'XML that is cut off': () => typed('text/xml', '<a><b></a>'),
    'XML with reserved names': () => typed('text/xml', '<a><__proto__>1</__proto__></b>'),
    'XML over 256 KiB': () => typed('text/xml', `<a>${'x'.repeat(300_000)}</a>`),
  };
  for (const [name, ask] of Object.entries(unreadable)) {
    it(`is refused with 400: ${name}`, async () => {
      const answer = await ask();
      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ status: 400, code: 'unreadable', detail: expect.any(String) });
    });
  }

  it('is refused with 413 where it is a bomb', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
    expect((await send(endpoint.url, { headers, body: bomb })).status).toBe(413);
  });
});

describe('an unusual request', () => {
  it('is taken without a content type, with an impossible one, and in chunks without a length', async () => {
    const bytes = Buffer.from([0, 255, 254, 128, 10]);
    await expectStored(await send(endpoint.url, { body: bytes }), bytes);
    await expectStored(await typed(';;;=,', 'x'), 'x');
    await expectStored(await send(endpoint.url, { chunks: ['{"id":', '"chunks"}'] }), '{"id":"chunks"}');
  });

  it('is taken as XML, form, multipart and text', async () => {
    await expectStored(await typed('application/xml', '<a x="1"><b>2</b></a>'), '<a x="1"><b>2</b></a>');
    const form = 'a=1&a=2&__proto__=x&%zz=%';
    await expectStored(await typed('application/x-www-form-urlencoded', form), form);
    const multipart = '--b\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--b--\r\n';
    await expectStored(await typed('multipart/form-data; boundary=b', multipart), multipart);
    await expectStored(await typed('text/plain', 'hello'), 'hello');
  });

  it('keeps headers of any name, and refuses too many of them before we see it', async () => {
    const headers = { 'content-type': 'text/plain', __proto__x: '1', constructor: 'c' };
    const answer = await send(endpoint.url, { headers: { ...headers, ['__proto__']: 'p' }, body: 'x' });
    expect(answer.status).toBe(200);
    expect((await send(endpoint.url, { headers: { huge: 'x'.repeat(20_000) }, body: 'x' })).status).toBe(431);
  });

  it('is never a 500 when its address cannot be read', async () => {
    for (const path of ['/hooks/%zz', '/hooks/', '/hooks/a/b', `/hooks/${'y'.repeat(500)}`]) {
      const { status } = await send(server.url + path, { body: 'x' });
      expect([400, 404]).toContain(status);
    }
  });

  it('that names fewer bytes than it sends is read as far as it says', async () => {
    const head = `POST /hooks/${endpoint.token} HTTP/1.1\r\nhost: h\r\ncontent-type: text/plain\r\ncontent-length: 3\r\n\r\n`;
    await raw(server.port, `${head}abcdef`);
    await expect
      .poll(() => server.rows("select body from event where body in ('abc', 'abcdef')"))
      .toEqual([{ body: Buffer.from('abc') }]);
  });

  it('that is broken off leaves nothing behind and the next one is served', async () => {
    const before = await server.rows('select count(*) from event');
    await new Promise<void>((resolve) => {
      const socket = createConnection(server.port, '127.0.0.1', () => {
        socket.write(`POST /hooks/${endpoint.token} HTTP/1.1\r\nhost: h\r\ncontent-length: 1000\r\n\r\nhalf`);
        setImmediate(() => socket.destroy());
      });
      socket.on('close', () => resolve());
    });
    expect(await server.rows('select count(*) from event')).toEqual(before);
    expect((await send(endpoint.url, { body: 'x' })).status).toBe(200);
  });

  it('hears why it is refused although it goes on sending', async () => {
    const small = await server.anEndpoint({ settings: { maxBodyBytes: 10 } });
    const answer = await raw(
      server.port,
      `POST /hooks/${small.token} HTTP/1.1\r\nhost: h\r\ncontent-length: 3000000\r\n\r\n`,
      Buffer.alloc(2_999_999, 'x'),
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413/);
  });
});

/** Sends bytes as they are and resolves with what comes back until the server closes or answered once. */
function raw(port: number, head: string, body?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.write(head);
      if (body) socket.write(body);
    });
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (!text.includes('\r\n\r\n')) return;
      socket.destroy();
      resolve(text);
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
