import { describe, expect, it } from 'vitest';
import { totalOf } from './useRuns.js';

describe('the number of runs above the list', () => {
  it('is what is listed once all is read, whatever was counted a moment ago', () => {
    expect(totalOf(41, false, { count: 40, more: false }, 0)).toEqual({ count: 41, isMore: false });
  });
  it('is what the server counted while there is more to read, without rows that are held back', () => {
    expect(totalOf(100, true, { count: 240, more: false }, 3)).toEqual({ count: 237, isMore: false });
    expect(totalOf(100, true, { count: 10_000, more: true }, 0)).toEqual({ count: 10_000, isMore: true });
  });
  it('is never less than the rows in sight, and nothing before it is counted', () => {
    expect(totalOf(100, true, { count: 90, more: false }, 0)?.count).toBe(100);
    expect(totalOf(100, true, undefined, 0)).toBeUndefined();
  });
});
