import { expect, it } from 'vitest';
import { chipLabel, type ChipWords } from './chip-label.js';

const words: ChipWords = {
  steps: new Map([['shape', { name: 'Shape', kind: 'data', icon: 'braces' }]]),
  trigger: { name: 'Order paid', kind: 'trigger', icon: 'webhook' },
  rootWord: (root) => `<${root}>`,
};

it.each([
  [['trigger', 'body', 'customer', 'email'], 'Order paid', 'customer › email'],
  [['trigger', 'body'], 'Order paid', 'body'],
  [['trigger', 'headers', 'x-id'], 'Order paid', 'headers › x-id'],
  [['steps', 'shape', 'items', 0, 'sku'], 'Shape', 'items › #1 › sku'],
  [['steps', 'shape'], 'Shape', ''],
  [['vars', 'rate'], '<vars>', 'rate'],
  [['index'], '<index>', ''],
])('%j belongs to %s, at %s', (path, owner, where) => {
  expect(chipLabel(path, words)).toMatchObject({ owner, where, isGone: false });
});

it('a step that is not there is told', () => {
  expect(chipLabel(['steps', 'lost', 'id'], words)).toMatchObject({
    owner: 'lost',
    where: 'id',
    isGone: true,
  });
});

it('without a trigger its values keep their plain word', () => {
  expect(chipLabel(['trigger', 'id'], { ...words, trigger: undefined })).toMatchObject({
    owner: '<trigger>',
  });
});
