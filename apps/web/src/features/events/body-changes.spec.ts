import { describe, expect, it } from 'vitest';
import { MOST_CHANGES, changesBetween } from './body-changes.js';

describe('what differs between two bodies', () => {
  it('is named by its path, with both values', () => {
    const before = { id: 1, customer: { email: 'a@example.com', tags: ['new'] }, gone: true };
    const after = { id: 2, customer: { email: 'a@example.com', tags: ['new', 'vip'] }, note: null };
    expect(changesBetween(before, after)).toEqual([
      { path: 'id', before: 1, after: 2 },
      { path: 'customer.tags[1]', before: undefined, after: 'vip' },
      { path: 'note', before: undefined, after: null },
      { path: 'gone', before: true, after: undefined },
    ]);
  });

  it('is the whole value where its kind changed', () => {
    expect(changesBetween({ a: [1] }, { a: { 0: 1 } })).toEqual([
      { path: 'a', before: [1], after: { 0: 1 } },
    ]);
    expect(changesBetween('x', 'y')).toEqual([{ path: '', before: 'x', after: 'y' }]);
    expect(changesBetween({ a: 1 }, { a: 1 })).toEqual([]);
  });

  it('ends where nobody would read on', () => {
    const many = (value: number) => Array.from({ length: 1_000 }, () => value);
    expect(changesBetween(many(1), many(2))).toHaveLength(MOST_CHANGES);
  });
});
