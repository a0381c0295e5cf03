import { checkExpression, isSameExpression } from '@hookloom/expressions/browser';
import { SettingPreview } from '@hookloom/expressions/preview';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasRightSide, OPERATORS, readRules, writeRules, type Operator, type Rule } from './rules.js';

const path = '{{ trigger.body.a }}';

describe('rules as JSONata', () => {
  it.each<[Operator, string, string]>([
    ['equals', 'paid', 'trigger.body.a = "paid"'],
    ['equals', '100', 'trigger.body.a = 100'],
    ['equals', '"100"', 'trigger.body.a = "100"'],
    ['equals', 'true', 'trigger.body.a = true'],
    ['equals', '', 'trigger.body.a = ""'],
    ['equals', '{{ steps.b.c }}', 'trigger.body.a = steps.b.c'],
    ['equals', 'No. {{ steps.b.c }}', 'trigger.body.a = "No. " & steps.b.c'],
    ['notEquals', 'paid', 'trigger.body.a != "paid"'],
    ['greater', '-1.5', 'trigger.body.a > -1.5'],
    ['contains', 'x', '$contains(trigger.body.a, "x")'],
    ['notContains', 'x', '$not($contains(trigger.body.a, "x"))'],
    ['startsWith', 'in_', '$substring(trigger.body.a, 0, $length("in_")) = "in_"'],
    ['oneOf', 'a, "b, c", 3, {{ steps.b.c }}', 'trigger.body.a in ["a", "b, c", 3, steps.b.c]'],
    ['oneOf', '{{ vars.list }}', 'trigger.body.a in vars.list'],
    ['notOneOf', 'a', '$not(trigger.body.a in ["a"])'],
    ['matches', '^a/b$', '$contains(trigger.body.a, /^a\\/b$/)'],
    ['matches', '/^a/i', '$contains(trigger.body.a, /^a/i)'],
    ['empty', '', '$count(trigger.body.a[$ != null and $ != ""]) = 0'],
    ['exists', '', '$exists(trigger.body.a)'],
    ['notExists', '', '$not($exists(trigger.body.a))'],
    ['holds', '', 'trigger.body.a'],
    ['notHolds', '', '$not(trigger.body.a)'],
  ])('%s %s is %s, and back', (operator, right, source) => {
    const rules = { join: 'all', rules: [{ left: path, operator, right }] } as const;
    expect(writeRules(rules)).toBe(source);
    expect(readRules(source)).toEqual(rules);
  });

  it('join with all or any', () => {
    const rules = [path, '{{ item.b }}'].map((left): Rule => ({ left, operator: 'holds', right: '' }));
    expect(writeRules({ join: 'all', rules })).toBe('trigger.body.a and item.b');
    expect(readRules('trigger.body.a or item.b')).toEqual({ join: 'any', rules });
  });

  it('keep other expressions together', () => {
    const rules = {
      join: 'all',
      rules: [{ left: '{{ a ? b : c }}', operator: 'equals', right: '{{ x or y }}' }],
    } as const;
    expect(writeRules(rules)).toBe('(a ? b : c) = (x or y)');
    expect(readRules('(a ? b : c) = (x or y)')).toEqual(rules);
  });

  it('leave out what is not complete', () => {
    expect(writeRules({ join: 'all', rules: [{ left: ' ', operator: 'equals', right: 'x' }] })).toBe('');
    expect(readRules('  ')).toEqual({ join: 'all', rules: [] });
  });

  it('are read from what people wrote by hand', () => {
    expect(readRules("trigger.body.a='paid'   and $sum(input.items.price)>=100")?.rules).toEqual([
      { left: path, operator: 'equals', right: 'paid' },
      { left: '{{ $sum(input.items.price) }}', operator: 'atLeast', right: '100' },
    ]);
  });
});

describe('an expression that no rules can show', () => {
  it.each([
    'a = 1 and b = 2 or c = 3',
    'a and (b or c) /* why */',
    'a and b ? c : d',
    'a = b = c',
    'a =',
    '$x := 5',
    'a > 1 and (',
  ])('%s', (source) => {
    expect(readRules(source)).toBeUndefined();
  });
});

describe('whatever the rules', () => {
  const expression = fc.constantFrom(
    'trigger.body.a',
    'steps.b.`c d`',
    '$sum(input.x)',
    'a ? b : c',
    'x and y',
    '(a)',
    'a & "x"',
    'x[0]',
  );
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '100',
      '"100"',
      'true',
      'null',
      '""',
      '"',
      'a, b',
      '\\{{',
      '{{',
      '}}',
      '/x/i',
      'a & b',
      '-1',
    ),
    expression.map((source) => `{{ ${source} }}`),
    fc.tuple(fc.string(), expression).map(([before, source]) => `${before}{{ ${source} }}`),
  );
  const pattern = fc.constantFrom('^a$', '/a/i', 'a/b', '\\d+', '[a-z]{2}', '/x/');
  const rule = fc
    .record({ left: text, operator: fc.constantFrom(...OPERATORS), right: text, pattern })
    .map(({ pattern: regex, ...one }): Rule => {
      if (!hasRightSide(one.operator)) return { ...one, right: '' };
      return /matches/i.test(one.operator) ? { ...one, right: regex } : one;
    });
  const rules = fc.record({
    join: fc.constantFrom('all' as const, 'any' as const),
    rules: fc.array(rule, { maxLength: 4 }),
  });

  it('what is written can be read by JSONata', () => {
    fc.assert(
      fc.property(rules, (given) => {
        const source = writeRules(given);
        expect(source === '' ? undefined : checkExpression(source)).toBeUndefined();
      }),
    );
  });

  it('what is read says the same, and is read again as it is', () => {
    fc.assert(
      fc.property(rules, (given) => {
        const source = writeRules(given);
        const read = readRules(source);
        if (read === undefined || source === '') return;
        const again = writeRules(read);
        expect(isSameExpression(again, source)).toBe(true);
        expect(readRules(again)).toEqual(read);
      }),
    );
  });

  it('fields compared with texts are always shown as rules', () => {
    const plain = fc.record({
      left: fc.constantFrom('{{ trigger.body.a }}', '{{ item.b }}'),
      operator: fc.constantFrom(...OPERATORS.filter((one) => !/matches|oneOf/i.test(one))),
      right: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 3 }), (given) => {
        expect(
          readRules(writeRules({ join: 'any', rules: given }))?.rules.map(({ operator }) => operator),
        ).toEqual(given.map(({ operator }) => operator));
      }),
    );
  });
});

describe('what a rule gives', () => {
  const scope = { trigger: { body: { paid: 'yes', none: null, blank: '', list: [], count: 0 } } };
  const preview = new SettingPreview(JSON.stringify(scope));
  it.each<[string, Operator, string, boolean]>([
    ['paid', 'empty', '', false],
    ['none', 'empty', '', true],
    ['blank', 'empty', '', true],
    ['list', 'empty', '', true],
    ['count', 'empty', '', false],
    ['gone', 'empty', '', true],
    ['paid', 'notEmpty', '', true],
    ['paid', 'startsWith', 'ye', true],
    ['paid', 'startsWith', 'no', false],
    ['gone', 'startsWith', 'no', false],
    ['paid', 'oneOf', 'no, yes', true],
    ['paid', 'notOneOf', 'no, yes', false],
    ['paid', 'matches', '/^Y/i', true],
    ['gone', 'exists', '', false],
  ])('%s %s %s: %s', async (field, operator, right, expected) => {
    const source = writeRules({
      join: 'all',
      rules: [{ left: `{{ trigger.body.${field} }}`, operator, right }],
    });
    const result = await preview.evaluate({ value: source, as: 'condition' }, 2_000);
    expect(result).toEqual({ ok: true, json: String(expected) });
  });
});
