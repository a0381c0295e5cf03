import { expect, it } from 'vitest';
import { isSameExpression } from './same-expression.js';

it.each([
  ['a.b = "x"', "a . b='x'"],
  ['/* why */ a and b', 'a and b'],
  ['$contains(a, /x/i)', '$contains(a,/x/i)'],
])('%s is read like %s', (one, other) => {
  expect(isSameExpression(one, other)).toBe(true);
});

it.each([
  ['a and b or c', 'a and (b or c)'],
  ['$contains(a, /x/i)', '$contains(a, /x/)'],
  ['$contains(a, /x/)', '$contains(a, /y/)'],
  ['a = 1', 'a = "1"'],
  ['(', '('],
])('%s is not read like %s', (one, other) => {
  expect(isSameExpression(one, other)).toBe(false);
});
