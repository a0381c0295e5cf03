import { describe, expect, it } from 'vitest';
import { EventWhere, holdsIn, readComparison } from './event-where.js';

const body = {
  id: 'evt_1',
  data: { amount: 150, total: '99.50', paid: true, note: null, at: '2026-11-22' },
  items: [{ sku: 'A-1' }, { sku: 'B-7' }],
};

const holds = (text: string): boolean | undefined => {
  const comparison = readComparison(text);
  return comparison && holdsIn(body, comparison);
};

describe('a comparison with a value of the body', () => {
  it.each([
    ['id=evt_1', true],
    ['id = "evt_1"', true],
    ['data.amount > 100', true],
    ['data.amount>=150', true],
    ['data.amount < 150', false],
    ['data.total > 99', true],
    ['data.total = 99.5', true],
    ['data.total = "99.50"', true],
    ['data.total = "99.5"', false],
    ['data.paid = true', true],
    ['data.paid != true', false],
    ['data.note = null', true],
    ['data.at >= 2026-11-01', true],
    ['data.at < 2026-11-01', false],
    ['items[1].sku = B-7', true],
    ['items[2].sku = B-7', false],
    ['items.sku = B-7', false],
    ['missing.path != 1', false],
    ['constructor.name != x', false],
    ['data.paid > 0', false],
  ])('%s: %s', (text, expected) => {
    expect(holds(text)).toBe(expected);
  });

  it.each(['order 17', 'a@b.example', '= 5', 'data.amount >', ''])('"%s" is none', (text) => {
    expect(readComparison(text)).toBeUndefined();
    expect(EventWhere.safeParse(text).success).toBe(false);
  });
});
