import { describe, expect, it } from 'vitest';
import { toSecret } from './secret-value.js';

const field = (name: string, optional = false) => ({ name, label: name, optional });

describe('a secret that was typed', () => {
  it('is one text where the sender has one field', () => {
    expect(toSecret([field('secret')], { secret: 'abc' })).toBe('abc');
    expect(toSecret([field('secret')], { secret: '' })).toBeUndefined();
  });

  it('is an object of the filled fields where it has several', () => {
    const fields = [field('appSecret'), field('verifyToken', true)];
    expect(toSecret(fields, { appSecret: 'abc', verifyToken: '' })).toEqual({ appSecret: 'abc' });
    expect(toSecret(fields, { appSecret: '', verifyToken: 'x' })).toBeUndefined();
    expect(toSecret([field('a', true), field('b', true)], {})).toBeUndefined();
  });

  it('is none for a sender that has none', () => {
    expect(toSecret([], {})).toBeUndefined();
  });
});
