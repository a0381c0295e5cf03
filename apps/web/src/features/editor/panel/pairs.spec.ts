import { expect, it } from 'vitest';
import { fromPairs, toPairs } from './pairs.js';

it('names and values go to lines and back, lists by repeating the name', () => {
  const value = { accept: 'text/plain', id: ['1', '2'] };
  expect(toPairs(value)).toHaveLength(3);
  expect(fromPairs(toPairs(value))).toEqual(value);
});

it('lines without a name say nothing', () => {
  expect(fromPairs([{ name: ' ', value: 'x' }])).toBeUndefined();
  expect(toPairs(undefined)).toEqual([]);
});
