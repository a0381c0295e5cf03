import { expect, it } from 'vitest';
import { figuresOf, formatRate } from './health-figures.js';

const hour = { taken: 0, duplicate: 0, rejected: 0 };

it('sums 24 hours and says which share was refused', () => {
  const hours = [
    ...Array.from({ length: 22 }, () => hour),
    { taken: 5, duplicate: 1, rejected: 0 },
    { taken: 4, duplicate: 0, rejected: 2 },
  ];
  expect(figuresOf({ hours })).toEqual({
    taken: 9,
    duplicate: 1,
    rejected: 2,
    total: 12,
    rejectedShare: 1 / 6,
    perHour: 0.5,
  });
});

it('has no share of nothing', () => {
  expect(figuresOf({ hours: [hour] }).rejectedShare).toBe(0);
});

it.each([
  [0, '0'],
  [0.04, '< 0.1'],
  [0.5, '0.5'],
  [12.4, '12'],
])('writes %s an hour as %s', (rate, text) => {
  expect(formatRate(rate)).toBe(text);
});
