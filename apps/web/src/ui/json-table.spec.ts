import { describe, expect, it } from 'vitest';
import { toTable } from './json-table.js';

describe('toTable', () => {
  it('gives a list of objects a row each, with all their names as columns', () => {
    expect(toTable([{ a: 1 }, { b: 2 }])).toEqual({
      columns: ['a', 'b'],
      rows: [
        [1, undefined],
        [undefined, 2],
      ],
    });
  });
  it('gives an object one row', () => {
    expect(toTable({ a: 1, b: [2] })).toEqual({ columns: ['a', 'b'], rows: [[1, [2]]] });
  });
  it('keeps values without names in a column of their own', () => {
    expect(toTable(['x', { a: 1 }])).toEqual({
      columns: ['', 'a'],
      rows: [
        ['x', undefined],
        [undefined, 1],
      ],
    });
    expect(toTable([])).toEqual({ columns: [], rows: [] });
  });
});
