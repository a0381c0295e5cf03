import { describe, expect, it } from 'vitest';
import { en, mergeMessages } from './messages.js';

describe('messages', () => {
  it('come from the folders of the features', () => {
    expect(en).toMatchObject({ nav: { workflows: 'Workflows' }, editor: { publish: 'Publish' } });
  });

  it('of two files join in one tree', () => {
    const files = [
      ['a', { editor: { save: 'Save' } }],
      ['b', { editor: { undo: 'Undo' } }],
    ] as const;
    expect(mergeMessages(files)).toEqual({ editor: { save: 'Save', undo: 'Undo' } });
  });

  it('are given once', () => {
    const files = [
      ['a', { save: 'Save' }],
      ['b', { save: 'Keep' }],
    ] as const;
    expect(() => mergeMessages(files)).toThrow('b gives "save" a second time.');
  });
});
