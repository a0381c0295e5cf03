import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { LIMITS } from '@hookloom/contracts/limits';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bodyKind, checkJson, inflateBody, inflateBodyNow, readBody, readQuery } from './index.js';

const ref = '0193-event';
const bytesOf = (body: string | Uint8Array): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;
const read = (contentType: string | undefined, body: string | Uint8Array) =>
  readBody({ bytes: bytesOf(body), contentType, ref });
const valueOf = (contentType: string | undefined, body: string | Uint8Array): unknown => {
  const reading = read(contentType, body);
  if (!reading.ok) throw new Error(reading.message);
  return reading.value;
};
const refusalOf = (contentType: string | undefined, body: string | Uint8Array) => {
  const reading = read(contentType, body);
  if (reading.ok) throw new Error('readable');
  return reading;
};

describe('a JSON body', () => {
  it('is itself', () => {
    expect(valueOf('application/json', '{"a":[1,"ü",null]}')).toEqual({ a: [1, 'ü', null] });
    expect(valueOf('application/vnd.api+json; charset=utf-8', '5')).toBe(5);
  });

  it('may begin with a byte order mark or be in another charset', () => {
    expect(valueOf('application/json', '\ufeff{"a":1}')).toEqual({ a: 1 });
    expect(valueOf('application/json; charset=iso-8859-1', Uint8Array.of(0x22, 0xfc, 0x22))).toBe('ü');
    expect(valueOf('application/json; charset=nonsense', '{"a":1}')).toEqual({ a: 1 });
  });

  it('is null when there is none', () => {
    expect(valueOf('application/json', '')).toBeNull();
  });

  it('keeps NUL, lone surrogates and huge numbers out of harm', () => {
    expect(valueOf('application/json', '"\\u0000\\ud800"')).toBe('\u0000\ud800');
    expect(valueOf('application/json', '1e400')).toBe(Infinity);
  });

  it('keeps __proto__ as an ordinary key', () => {
    const value = valueOf('application/json', '{"__proto__":{"admin":true}}');
    expect(Object.keys(Object(value))).toEqual(['__proto__']);
    expect(Object(value).admin).toBeUndefined();
  });

  it('may nest 64 deep and not deeper', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(read('application/json', nested(LIMITS.jsonDepth)).ok).toBe(true);
    expect(refusalOf('application/json', nested(LIMITS.jsonDepth + 1)).reason).toBe('json_depth');
    expect(refusalOf('application/json', nested(10_000)).reason).toBe('json_depth');
    expect(refusalOf('application/json; charset=utf-16le', Buffer.from(nested(99), 'utf16le')).reason).toBe(
      'json_depth',
    );
  });

  it('does not take brackets in texts for nesting', () => {
    expect(valueOf('application/json', JSON.stringify(['['.repeat(99), '\\"[{'.repeat(99)]))).toHaveLength(2);
  });

  it('is refused without quoting what it holds', () => {
    const refusal = refusalOf('application/json', '{"card":"4111111111111111" "x"}');
    expect(refusal.reason).toBe('json');
    expect(refusal.message).toContain('character 28');
    expect(refusal.message).not.toContain('4111');
  });

  it('reads as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(valueOf('application/json', text)).toEqual(JSON.parse(text));
        expect(checkJson(bytesOf(text)).ok).toBe(true);
      }),
    );
  });
});

describe('a form', () => {
  const form = 'application/x-www-form-urlencoded';

  it('gives strings, and lists for repeated names', () => {
    expect(valueOf(form, 'a=1&b=x+y%21&a=2&c&=z&&a=3')).toEqual({
      a: ['1', '2', '3'],
      b: 'x y!',
      c: '',
      '': 'z',
    });
  });

  it('keeps what is badly encoded instead of failing', () => {
    expect(valueOf(form, 'a=100%&b=%ff%41')).toEqual({ a: '100%', b: '\ufffdA' });
  });

  it('never sets a prototype', () => {
    const value = Object(valueOf(form, '__proto__=a&__proto__=b&constructor=c'));
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(JSON.stringify(value)).toBe('{"__proto__":["a","b"],"constructor":"c"}');
  });

  it('with too many fields is refused', () => {
    expect(refusalOf(form, 'a&'.repeat(20_000)).reason).toBe('form');
  });

  it('is empty when there is no body', () => {
    expect(valueOf(form, '')).toEqual({});
  });
});

describe('a query string', () => {
  it('gives strings and lists', () => {
    expect(readQuery('a=1&a=2&q=%C3%BC')).toEqual({ a: ['1', '2'], q: 'ü' });
    expect(readQuery('')).toEqual({});
  });
});

describe('an XML body', () => {
  const xml = 'application/xml';

  it('stands under its root with values as strings, lists, attributes and text', () => {
    const body = `<?xml version="1.0"?>
      <order id="7" note="a &lt; b"><item>1</item><item sku="x">2</item><empty/><deep><b>true</b></deep></order>`;
    expect(valueOf(xml, body)).toEqual({
      order: {
        '@id': '7',
        '@note': 'a < b',
        item: ['1', { '@sku': 'x', '#text': '2' }],
        empty: '',
        deep: { b: 'true' },
      },
    });
  });

  it('reads entities once and CDATA as it is', () => {
    expect(valueOf('text/xml', '<a>&amp;lt; &#228;&#x20AC; &nbsp; <![CDATA[&amp; <b>]]></a>')).toEqual({
      a: '&lt; ä€ &nbsp;&amp; <b>',
    });
  });

  it('keeps namespaces in the names', () => {
    expect(valueOf('application/soap+xml', '<s:E xmlns:s="u"><s:B>1</s:B></s:E>')).toEqual({
      's:E': { '@xmlns:s': 'u', 's:B': '1' },
    });
  });

  it('is read in the encoding it declares', () => {
    const latin = Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><a>\u00fc</a>', 'latin1');
    expect(valueOf(xml, latin)).toEqual({ a: 'ü' });
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ['tags that do not match', '<a><b></a></b>'],
    ['an open end', '<a><b>'],
    ['two roots', '<a/><b/>'],
    ['no root', 'hello'],
    ['more than 50 levels', '<a>'.repeat(51) + '</a>'.repeat(51)],
    ['more than 256 KiB', `<a>${'x'.repeat(256 * 1024)}</a>`],
  ])('with %s is refused', (_what, body) => {
    expect(refusalOf(xml, body).reason).toBe('xml');
  });

  it('may have 50 levels', () => {
    expect(read(xml, '<a>'.repeat(50) + '</a>'.repeat(50)).ok).toBe(true);
  });

  it.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', '__proto__', '_a', 'text'])(
    'may have elements called %s',
    (name) => {
      const value = valueOf(xml, `<${name}><${name} ${name}="1">a</${name}><${name}/></${name}>`);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect(JSON.stringify(value)).toBe(`{"${name}":{"${name}":[{"@${name}":"1","#text":"a"},""]}}`);
    },
  );

  it('never gets a prototype from an attribute', () => {
    expect(JSON.stringify(valueOf(xml, '<a __proto__="1"/>'))).toBe('{"a":{"@__proto__":"1"}}');
  });

  it('is never a throw', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('<', '>', 'a', '/', '!', '[', ']', '-', '"', '=', ' ', '?', '&', ';')),
        (x) => {
          read(xml, x.join(''));
        },
      ),
    );
  });
});

describe('a multipart body', () => {
  const type = 'multipart/form-data; boundary="b 1"';
  const lines = (...all: string[]) => all.join('\r\n');
  const whole = lines(
    'preamble',
    '--b 1',
    'Content-Disposition: form-data; name="a"',
    '',
    'one',
    '--b 1',
    'content-disposition: form-data; name="a"',
    '',
    'two\r\n--b 1x',
    '--b 1',
    'Content-Disposition: form-data; name="doc"; filename="../../etc/pass\\"wd.txt"',
    'Content-Type: text/plain',
    '',
    'hello',
    '--b 1',
    "Content-Disposition: form-data; name=doc; filename*=UTF-8''%C3%BC.png",
    '',
    '\u0000\u0001',
    '--b 1--',
    'epilogue',
  );

  it('gives fields like a form and files by reference', () => {
    expect(valueOf(type, whole)).toEqual({
      a: ['one', 'two\r\n--b 1x'],
      doc: [
        { filename: 'pass"wd.txt', contentType: 'text/plain', size: 5, ref: `${ref}#1` },
        { filename: 'ü.png', contentType: 'application/octet-stream', size: 2, ref: `${ref}#2` },
      ],
    });
  });

  it('reads what fetch sends', async () => {
    const data = new FormData();
    data.append('name', 'Zoë');
    data.append('file', new Blob(['abc'], { type: 'text/csv' }), 'a.csv');
    const request = new Request('http://localhost', { method: 'POST', body: data });
    const sent = new Uint8Array(await request.clone().arrayBuffer());
    expect(valueOf(request.headers.get('content-type') ?? '', sent)).toEqual({
      name: 'Zoë',
      file: { filename: 'a.csv', contentType: 'text/csv', size: 3, ref: `${ref}#1` },
    });
  });

  it('may be empty of parts', () => {
    expect(valueOf(type, '--b 1--')).toEqual({});
  });

  it('that is cut off anywhere is refused', () => {
    const end = whole.indexOf('--b 1--') + '--b 1--'.length;
    for (let length = 0; length < end; length += 1) expect(read(type, whole.slice(0, length)).ok).toBe(false);
  });

  it.each([
    ['no boundary', 'multipart/form-data', whole],
    ['an endless boundary', `multipart/form-data; boundary=${'x'.repeat(71)}`, whole],
    ['a part without a name', type, lines('--b 1', 'X: y', '', 'v', '--b 1--')],
    ['a part without an end of its headers', type, lines('--b 1', 'X: y', '--b 1--')],
    [
      'too many parts',
      type,
      '--b 1\r\ncontent-disposition: form-data; name=a\r\n\r\n\r\n'.repeat(1_001) + '--b 1--',
    ],
  ])('with %s is refused', (_what, contentType, body) => {
    expect(refusalOf(contentType, body).reason).toBe('multipart');
  });

  it('never sets a prototype', () => {
    const body = lines('--b 1', 'content-disposition: form-data; name="__proto__"', '', 'v', '--b 1--');
    expect(JSON.stringify(valueOf(type, body))).toBe('{"__proto__":"v"}');
  });

  it('takes time in proportion to its size, whatever it holds', () => {
    const body = `--b 1\r\ncontent-disposition: form-data; name=a\r\n\r\n${'\n--b 1x'.repeat(200_000)}\r\n--b 1--`;
    expect(read(type, body).ok).toBe(true);
  });
});

describe('other bodies', () => {
  it('text is a string', () => {
    expect(valueOf('text/plain; charset=iso-8859-1', Uint8Array.of(0xe9))).toBe('é');
    expect(valueOf('text/csv', 'a,b')).toBe('a,b');
  });

  it('anything else is described', () => {
    expect(valueOf('image/svg+xml', '<svg/>')).toEqual({ contentType: 'image/svg+xml', size: 6, ref });
    expect(valueOf('multipart/mixed; boundary=x', 'abc')).toMatchObject({ size: 3 });
  });

  it('without a content type is JSON if it is an object or a list, else text, else binary', () => {
    expect(valueOf(undefined, ' {"a":1}')).toEqual({ a: 1 });
    expect(valueOf('', '[1]')).toEqual([1]);
    expect(valueOf(undefined, '5')).toBe('5');
    expect(valueOf(undefined, '{"a":')).toBe('{"a":');
    expect(valueOf(undefined, '')).toBeNull();
    expect(valueOf(undefined, Uint8Array.of(0xff, 0))).toEqual({
      contentType: 'application/octet-stream',
      size: 2,
      ref,
    });
  });

  it('have a kind', () => {
    const kinds = [
      ['application/json', ''],
      ['application/x-www-form-urlencoded', ''],
      ['text/xml', ''],
      ['multipart/form-data; boundary=x', ''],
      ['text/html', ''],
      ['application/pdf', ''],
    ].map(([type = '', body = '']) => bodyKind(type, bytesOf(body)));
    expect(kinds).toEqual(['json', 'form', 'xml', 'multipart', 'text', 'binary']);
    expect([bodyKind(undefined, bytesOf('{}')), bodyKind(undefined, bytesOf('x'))]).toEqual(['json', 'text']);
  });

  it('are never a throw', () => {
    const types = [
      'application/json',
      'text/xml',
      'multipart/form-data; boundary=b',
      undefined,
      'a;;=;"',
      'text/plain',
    ];
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.constantFrom(...types), (bytes, type) => {
        read(type, bytes);
      }),
    );
  });
});

describe('a compressed body', () => {
  const json = '{"zip":true}';
  const encoded: [string, Uint8Array][] = [
    ['gzip', gzipSync(json)],
    ['X-GZIP', gzipSync(json)],
    ['deflate', deflateSync(json)],
    ['deflate', deflateRawSync(json)],
    ['br', brotliCompressSync(json)],
    [' identity ', Buffer.from(json)],
  ];

  it('is read under one layer of gzip, deflate or br', async () => {
    for (const [contentEncoding, bytes] of encoded) {
      const reading = readBody({ bytes, contentType: 'application/json', contentEncoding, ref });
      expect(reading).toEqual({ ok: true, value: { zip: true } });
      const inflated = await inflateBody(contentEncoding, Buffer.from(bytes), 1_000);
      expect(inflated).toEqual({ kind: 'plain', body: Buffer.from(json) });
    }
  });

  it('never grows past the limit, and is refused when damaged or of another encoding', async () => {
    const bomb = gzipSync(Buffer.alloc(1_000_000));
    for (const [encoding, body, kind] of [
      ['gzip', bomb, 'too_large'],
      ['gzip', gzipSync(json).subarray(0, 12), 'corrupt'],
      ['gzip', Buffer.from('plain'), 'corrupt'],
      ['gzip, gzip', bomb, 'unsupported'],
      ['zstd', bomb, 'unsupported'],
    ] as const) {
      expect(await inflateBody(encoding, body, 10_000)).toEqual({ kind });
      expect(inflateBodyNow(encoding, body, 10_000)).toEqual({ kind });
    }
    const reading = readBody({
      bytes: Buffer.from('plain'),
      contentType: 'text/plain',
      contentEncoding: 'gzip',
      ref,
    });
    expect(reading).toMatchObject({ ok: false, reason: 'encoding' });
  });

  it('of no bytes is empty', () => {
    expect(inflateBodyNow('gzip', Buffer.alloc(0), 10)).toEqual({ kind: 'plain', body: Buffer.alloc(0) });
  });
});
