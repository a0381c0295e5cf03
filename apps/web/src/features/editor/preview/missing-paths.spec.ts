import { expect, it } from 'vitest';
import { missingPaths } from './missing-paths.js';

const scope = { trigger: { body: { name: 'Ana', note: null } }, steps: {} };

it('names what a text refers to and the sample does not have, once', () => {
  const value = '{{ trigger.body.name }} {{ trigger.body.emial }} {{ trigger.body.emial }} {{ steps.a.b }}';
  expect(missingPaths({ value, as: 'text' }, scope)).toEqual(['trigger.body.emial', 'steps.a']);
});

it('looks at a bare path, and not into expressions', () => {
  expect(missingPaths({ value: 'trigger.bdy.name', as: 'expression' }, scope)).toEqual(['trigger.bdy']);
  expect(missingPaths({ value: '$exists(trigger.gone)', as: 'condition' }, scope)).toEqual([]);
});

it('takes what is there and empty for there', () => {
  expect(missingPaths({ value: '{{ trigger.body.note }}', as: 'text' }, scope)).toEqual([]);
});
