import { describe, expect, it } from 'vitest';
import { conformanceCases } from '../../test/conformance.js';
import { checkExpression, MAX_SOURCE_LENGTH } from './check-expression.js';

describe('checking an expression', () => {
  it('finds nothing in what JSONata can read, and something in all else', () => {
    for (const { expression, error } of conformanceCases) {
      const problem = checkExpression(expression);
      expect([expression, problem?.reason], expression).toEqual([
        expression,
        error?.startsWith('S') ? error : undefined,
      ]);
    }
  });

  it('says what is wrong and what to do, without words of the parser', () => {
    for (const { expression } of conformanceCases.filter(({ topic }) => topic === 'syntax')) {
      const message = checkExpression(expression)?.message ?? 'Fine.';
      expect(message, expression).toMatch(/^.*[.…]$/);
      expect(message, expression).not.toMatch(/undefined|\(end\)|token|nud|S0\d\d\d/);
    }
  });

  it.each([
    ['', 'is empty'],
    ['  \n', 'is empty'],
    ['{{ a }}', 'Remove the {{ and }}'],
    ['a +', 'ends too early'],
    ['(a', '")" is still missing'],
    ['a b', '"b" does not fit here'],
    ['"abc', 'Add the missing quote'],
    ['/(/', 'Add the missing /'],
    ['$match("a", /[z-a]/)', 'Range out of order'],
    ['x'.repeat(MAX_SOURCE_LENGTH + 1), 'longer than'],
    [`${'('.repeat(20_000)}1${')'.repeat(20_000)}`, 'nested too deep'],
  ])('%s', (source, words) => {
    expect(checkExpression(source)?.message).toContain(words);
  });

  it('points at the place', () => {
    expect(checkExpression('trigger.body.id +* 2')?.position).toBeGreaterThan(15);
  });
});
