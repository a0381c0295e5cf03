import { describe, expect, it } from 'vitest';
import { formatBytes, formatDuration, formatPercent, formatRelative } from './format.js';

describe('formatPercent', () => {
  it('never rounds up to everything', () => {
    expect([0, 0.5, 0.9934, 0.99999, 1].map(formatPercent)).toEqual([
      '0 %',
      '50 %',
      '99.3 %',
      '99.9 %',
      '100 %',
    ]);
  });
});

describe('formatDuration', () => {
  it('keeps two units at most, and always says them', () => {
    const values = [0.8, 4, 212, 1_400, 14_000, 125_000, 12_000_000, 187_200_000].map(formatDuration);
    expect(values).toEqual([
      '< 1 ms',
      '4 ms',
      '212 ms',
      '1.4 s',
      '14 s',
      '2 min 5 s',
      '3 h 20 min',
      '2 d 4 h',
    ]);
  });
});

describe('formatBytes', () => {
  it('counts in thousands', () => {
    const sizes = [0, 999, 1_900, 2_000_000, 3_140_000_000];
    expect(sizes.map(formatBytes)).toEqual(['0 B', '999 B', '1.9 kB', '2 MB', '3.1 GB']);
  });
});

describe('formatRelative', () => {
  it('speaks of the past and of what is to come', () => {
    const now = new Date('2026-11-22T10:00:00Z');
    const at = (seconds: number) => formatRelative(new Date(now.getTime() + seconds * 1_000), now);
    expect([at(0), at(40), at(-180), at(-86_400)]).toEqual(['now', 'in 40 sec.', '3 min. ago', 'yesterday']);
  });
});
