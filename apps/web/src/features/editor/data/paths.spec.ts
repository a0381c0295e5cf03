import { describe, expect, it } from 'vitest';
import { dataRows, memberPath } from './paths.js';

describe('memberPath', () => {
  it.each([
    ['email', false, 'trigger.email'],
    ['x-signature', false, 'trigger.`x-signature`'],
    ['and', false, 'trigger.`and`'],
    ['1st', false, 'trigger.`1st`'],
    ['a`b', false, '$lookup(trigger, "a`b")'],
    ['0', true, 'trigger[0]'],
  ])('names %s (item: %s) as %s', (key, isItem, path) => {
    expect(memberPath('trigger', key, isItem)).toBe(path);
  });
});

describe('dataRows', () => {
  const value = { order: { lines: [{ sku: 'A-1' }, { sku: 'B-2' }], total: 5 }, ok: true };
  const closed = { isOpen: () => false, search: '' };
  const paths = (walk: Parameters<typeof dataRows>[2]) =>
    dataRows(value, 'input', walk).map(({ path }) => path);

  it('shows only what is open', () => {
    expect(paths(closed)).toEqual(['input.order', 'input.ok']);
    expect(paths({ ...closed, isOpen: (path) => path === 'input.order' })).toEqual([
      'input.order',
      'input.order.lines',
      'input.order.total',
      'input.ok',
    ]);
  });
  it('finds by name and by value, with what is around', () => {
    expect(paths({ ...closed, search: 'b-2' })).toEqual([
      'input.order',
      'input.order.lines',
      'input.order.lines[1]',
      'input.order.lines[1].sku',
    ]);
    expect(paths({ ...closed, search: 'nothing' })).toEqual([]);
  });
  it('lists every member of a large object', () => {
    const large = Object.fromEntries(
      Array.from({ length: 40_000 }, (_, at) => [`field${at}`, 'x'.repeat(10)]),
    );
    expect(dataRows(large, 'input', closed)).toHaveLength(40_000);
  });
});
