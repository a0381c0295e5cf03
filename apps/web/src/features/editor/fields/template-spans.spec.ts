import { describe, expect, it } from 'vitest';
import {
  loneExpression,
  openExpressionAt,
  templateSpans,
  toExpression,
  valueToExpression,
} from './template-spans.js';

describe('the {{ }} of a text', () => {
  it('are found with their ends, and paths are told from other expressions', () => {
    const text = 'Hi {{ trigger.body.name }}, {{ $now() }} \\{{ x }} {{ other.name }}';
    const spans = templateSpans(text);
    expect(spans.map(({ from, to }) => text.slice(from, to))).toEqual([
      '{{ trigger.body.name }}',
      '{{ $now() }}',
      '{{ other.name }}',
    ]);
    expect(spans.map(({ path }) => path)).toEqual([['trigger', 'body', 'name'], undefined, undefined]);
  });

  it('are found up to one that is never closed', () => {
    expect(templateSpans('{{ run.id }} and {{ run.')).toHaveLength(1);
    expect(templateSpans('{{ run.')).toEqual([]);
  });

  it('are entered by the caret between the braces', () => {
    expect(openExpressionAt('a {{ run. }}', 9)).toBe(4);
    expect(openExpressionAt('a {{ run.', 9)).toBe(4);
    expect(openExpressionAt('a {{ run.id }} b', 15)).toBeUndefined();
    expect(openExpressionAt('a {{ run.id }}', 1)).toBeUndefined();
  });
});

describe('a text as one expression', () => {
  it.each([
    ['', ''],
    ['paid', '"paid"'],
    ['{{ trigger.body.id }}', 'trigger.body.id'],
    ['No. {{ trigger.body.id }}', '"No. " & trigger.body.id'],
    ['{{ run.id }}{{ a ? b : c }}', '"" & run.id & (a ? b : c)'],
  ])('%s', (text, expression) => {
    expect(toExpression(text)).toBe(expression);
  });

  it('is found again where it stands alone', () => {
    expect(loneExpression('{{ a & b }}')).toBe('a & b');
    expect(loneExpression(' {{ a }}')).toBeUndefined();
    expect(loneExpression(5)).toBeUndefined();
  });
});

describe('any value as one expression', () => {
  it('keeps what stands in braces, at any depth', () => {
    const value = { to: ['{{ run.id }}', ''], n: 1, none: null, text: 'No. {{ index }}', empty: {} };
    expect(valueToExpression(value).replace(/\s+/g, ' ')).toBe(
      '{ "to": [ run.id, "" ], "n": 1, "none": null, "text": "No. " & index, "empty": {} }',
    );
    expect(valueToExpression(undefined)).toBe('');
  });
});
