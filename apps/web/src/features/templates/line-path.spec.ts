import { describe, expect, it } from 'vitest';
import { linePath } from './line-path.js';

describe('the line between two steps', () => {
  it('is straight where one stands below the other', () => {
    expect(linePath({ x: 124, y: 64 }, { x: 124, y: 112 })).toBe('M124 64V112');
  });

  it('goes across half way down, with round corners', () => {
    expect(linePath({ x: 100, y: 0 }, { x: 300, y: 48 })).toBe(
      'M100 0V12Q100 24 112 24H288Q300 24 300 36V48',
    );
    expect(linePath({ x: 300, y: 0 }, { x: 100, y: 48 })).toBe(
      'M300 0V12Q300 24 288 24H112Q100 24 100 36V48',
    );
  });

  it('has tighter corners where there is little room', () => {
    expect(linePath({ x: 100, y: 0 }, { x: 108, y: 48 })).toBe(
      'M100 0V20Q100 24 104 24H104Q108 24 108 28V48',
    );
  });
});
