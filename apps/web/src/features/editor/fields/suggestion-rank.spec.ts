import { describe, expect, it } from 'vitest';
import { rankSuggestions } from './suggestion-rank.js';
import { suggestionsFor } from './suggestions.js';

const scope = {
  trigger: { body: { customer: { email: 'ana@example.com', name: 'Ana' }, emailSent: true, Total: 5 } },
  steps: { shape: { email: 'a', total: 40 }, ask: { total: 7 } },
  input: { total: 7 },
};
const ranked = (typed: string, nearest?: string) =>
  rankSuggestions(suggestionsFor(typed, scope)?.items ?? [], typed, nearest).map(({ text }) => text);

describe('what is suggested first', () => {
  it('begins with what is typed, then has a name that is it, then one that begins with it', () => {
    expect(ranked('tri')[0]).toBe('trigger');
    expect(ranked('Tot')[0]).toBe('trigger.body.Total');
    expect(ranked('email').slice(0, 3)).toEqual([
      'trigger.body.customer.email',
      'steps.shape.email',
      'trigger.body.emailSent',
    ]);
  });

  it('is of the nearest step among equals, in any order of the sample', () => {
    expect(ranked('total', 'ask')[0]).toBe('steps.ask.total');
    expect(ranked('total', 'shape')[0]).toBe('steps.shape.total');
    expect(ranked('total')[0]).toBe('trigger.body.Total');
    expect(ranked('', 'ask').slice(0, 2)).toEqual(['steps.ask', 'steps.ask.total']);
  });

  it('is found by letters that are left out, last of all', () => {
    expect(ranked('custmail')).toEqual(['trigger.body.customer.email']);
    expect(ranked('xyz')).toEqual([]);
  });

  it('of functions is the shorter one, behind all fields', () => {
    expect(ranked('$su').slice(0, 2)).toEqual(['$sum', '$substring']);
    const all = ranked('e');
    expect(all.findLastIndex((text) => !text.startsWith('$'))).toBeLessThan(
      all.findIndex((text) => text.startsWith('$')),
    );
  });
});
