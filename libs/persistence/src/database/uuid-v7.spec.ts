import { describe, expect, it } from 'vitest';
import { lowestId } from './partitions.js';
import { UuidV7Generator } from './uuid-v7.js';

describe('UuidV7Generator', () => {
  it('makes ids of version 7 that carry the millisecond', () => {
    const id = new UuidV7Generator().next(1_760_000_000_123.9);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(1_760_000_000_123);
    expect(id > lowestId(1_760_000_000_123)).toBe(true);
    expect(id < lowestId(1_760_000_000_124)).toBe(true);
  });

  it('makes ids that grow, also when the clock steps back', () => {
    const generator = new UuidV7Generator();
    const ids = Array.from({ length: 10_000 }, (_, at) => generator.next(at === 5_000 ? 1_000 : 2_000));
    expect(new Set(ids).size).toBe(10_000);
    expect(ids.toSorted()).toEqual(ids);
  });
});
