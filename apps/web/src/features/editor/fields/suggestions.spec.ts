import { describe, expect, it } from 'vitest';
import { suggestionsFor } from './suggestions.js';

const scope = {
  trigger: {
    body: { customer: { email: 'ana@example.com' }, items: [{ sku: 'A' }, { sku: 'B', gift: true }] },
    headers: { 'x-id': '7' },
  },
  steps: { shape: { total: 40 } },
};
const textsFor = (before: string) => suggestionsFor(before, scope)?.items.map(({ text }) => text);

describe('what may be written', () => {
  it('at the beginning is every field by its path, then the functions', () => {
    const texts = textsFor('') ?? [];
    expect(texts).toContain('trigger.body.customer.email');
    expect(texts).toContain('trigger.headers.`x-id`');
    expect(texts).toContain('trigger.body.items.gift');
    expect(texts).toContain('steps.shape.total');
    expect(texts).toContain('$sum');
    expect(texts.indexOf('trigger')).toBeLessThan(texts.indexOf('trigger.body.customer.email'));
  });

  it('behind a dot are the fields that are there, with an example', () => {
    expect(textsFor('trigger.body.customer.')).toEqual(['email']);
    expect(textsFor('$sum(trigger.body.items.')).toEqual(['sku', 'gift']);
    expect(textsFor('trigger.body.items[1].gi')).toEqual(['sku', 'gift']);
    expect(textsFor('trigger.headers.')).toEqual(['`x-id`']);
    expect(suggestionsFor('1 + steps.shape.to', scope)).toEqual({
      from: 16,
      items: [{ kind: 'path', text: 'total', parts: ['steps', 'shape', 'total'], example: 40 }],
    });
  });

  it('behind a $ are the functions', () => {
    expect(suggestionsFor('1 + $su', scope)?.from).toBe(4);
    expect(textsFor('$')).toContain('$now');
  });

  it('replaces the word that was begun', () => {
    expect(suggestionsFor('a > ema', scope)?.from).toBe(4);
    expect(suggestionsFor('trigger.headers.`x-', scope)?.from).toBe(16);
  });

  it.each(['"trig', "a = 'x and trig", '/* trig', '12', 'a + 3.5', '(a).', '$x.'])(
    'is nothing behind %s',
    (before) => {
      expect(suggestionsFor(before, scope)).toBeUndefined();
    },
  );

  it('is something behind a text that is closed', () => {
    expect(textsFor('"text" & trig')).toContain('trigger');
  });
});
