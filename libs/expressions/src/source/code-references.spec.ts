import { describe, expect, it } from 'vitest';
import { referencesOfCode } from './code-references.js';

describe('referencesOfCode', () => {
  it.each([
    ['return steps.shape.total + steps?.other', { roots: ['steps'], steps: ['shape', 'other'], body: false }],
    ['return trigger.id', { roots: ['trigger'], steps: [], body: true }],
    ['return Object.keys(steps)', { roots: ['steps'], steps: 'all', body: false }],
    ['const { a } = steps; return steps.b', { roots: ['steps'], steps: 'all', body: false }],
    ['return steps["a"]', { roots: ['steps'], steps: 'all', body: false }],
    ['return 1', { roots: [], steps: [], body: false }],
    ['return inputs + trigger_id', { roots: [], steps: [], body: false }],
  ])('%s', (source, expected) => {
    expect(referencesOfCode(source)).toEqual(expected);
  });

  it.each([
    'eval("ste" + "ps")',
    'arguments[1]',
    'st\\u0065ps.a',
    '(() => {}).constructor("")',
    'new Function("")',
  ])('cannot know what is read by %s', (source) => {
    expect(referencesOfCode(source)).toBe('all');
  });
});
