import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { packList } from './list-parts.js';
import { LoopItems } from './loop-items.js';

/** Parts of two items each. */
function aList(count: number) {
  const stored = new Map<string, string>();
  const parts = Array.from({ length: count / 2 }, (_none, part) => {
    const ref = randomUUID();
    stored.set(ref, packList([String(part * 2), String(part * 2 + 1)]));
    return { ref, bytes: 10, from: part * 2, count: 2 };
  });
  return { stored, parts };
}

describe('the items of a long list', () => {
  it('are loaded once for all rounds that begin together', async () => {
    const { stored, parts } = aList(4);
    const loads: string[] = [];
    const items = new LoopItems(parts, [], async (ref) => {
      loads.push(ref);
      return stored.get(ref) ?? '';
    });
    expect(await Promise.all([0, 1, 2, 3, 4].map((index) => items.at(index)))).toEqual([
      '0',
      '1',
      '2',
      '3',
      'null',
    ]);
    expect(loads).toHaveLength(2);
  });

  it('are asked for again when the store was away', async () => {
    const { stored, parts } = aList(2);
    let isAway = true;
    const items = new LoopItems(parts, [], async (ref) => {
      if (isAway) throw new Error('away');
      return stored.get(ref) ?? '';
    });
    await expect(items.at(0)).rejects.toThrow('away');
    isAway = false;
    expect(await items.at(1)).toBe('1');
  });
});
