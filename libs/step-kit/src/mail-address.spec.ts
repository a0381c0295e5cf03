import { describe, expect, it } from 'vitest';
import { isPlainAddress, parseSender } from './mail-address.js';

describe('isPlainAddress', () => {
  it.each(['ana@example.com', 'a.b+c@sub.example.co', 'zoë@bücher.example', 'root@localhost'])(
    'takes %s',
    (text) => {
      expect(isPlainAddress(text)).toBe(true);
    },
  );

  it.each([
    '',
    'ana',
    '@x',
    'a@',
    'a@b@c',
    'a b@c.d',
    'a@b.c,d@e.f',
    '<a@b.c>',
    '"a"@b.c',
    'a(x)@b.c',
    'a@b.c\n',
    'a\u200b@b.c',
  ])('refuses %j', (text) => {
    expect(isPlainAddress(text)).toBe(false);
  });
});

describe('parseSender', () => {
  it.each([
    ['ana@example.com', { name: '', address: 'ana@example.com' }],
    ['Ana Lima <ana@example.com>', { name: 'Ana Lima', address: 'ana@example.com' }],
    ['"Shop, Inc." <shop@example.com>', { name: 'Shop, Inc.', address: 'shop@example.com' }],
    ['<ana@example.com>', { name: '', address: 'ana@example.com' }],
  ])('reads %s', (text, expected) => {
    expect(parseSender(text)).toEqual(expected);
  });

  it.each(['Ana', 'Ana <ana>', 'Ana\r\nBcc: x <a@b.c>', 'a@b.c <d@e.f', '<a@b.c> <d@e.f>'])(
    'refuses %j',
    (text) => {
      expect(parseSender(text)).toBeUndefined();
    },
  );
});
