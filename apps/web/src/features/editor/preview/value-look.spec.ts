import { expect, it } from 'vitest';
import { lookOf } from './value-look.js';

it.each([
  ['Ana', { kind: 'text', size: 3, shown: 'Ana' }],
  ['', { kind: 'text', size: 0, shown: '' }],
  [4.5, { kind: 'number', size: 1, shown: '4.5' }],
  [false, { kind: 'boolean', size: 1, shown: 'false' }],
  [null, { kind: 'nothing', size: 0, shown: '' }],
  [undefined, { kind: 'nothing', size: 0, shown: '' }],
  [[], { kind: 'list', size: 0, shown: '[]' }],
  [[1, 'a'], { kind: 'list', size: 2, shown: '[ 1, "a" ]' }],
  [{ a: 1 }, { kind: 'object', size: 1, shown: '{ "a": 1 }' }],
])('%j looks like %j', (value, look) => {
  expect(lookOf(value)).toEqual({ ...look, isCut: false });
});

it('a long value is cut', () => {
  const look = lookOf('x'.repeat(10_000));
  expect(look).toMatchObject({ size: 10_000, isCut: true });
  expect(look.shown.length).toBeLessThan(10_000);
});
