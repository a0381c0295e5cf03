import { describe, expect, it } from 'vitest';
import { textsAt } from './config-path.js';

describe('texts at a path of a config', () => {
  it('are those of every item, in order', () => {
    const config = { cases: [{ handle: 'big' }, { handle: '' }, null, { handle: 7 }, { handle: 'small' }] };
    expect(textsAt(config, 'cases.*.handle')).toEqual(['big', 'small']);
  });

  it('are none where the path leads nowhere', () => {
    expect(textsAt({}, 'cases.*.handle')).toEqual([]);
    expect(textsAt({ cases: 'big' }, 'cases.*.handle')).toEqual([]);
    expect(textsAt(null, 'constructor.name')).toEqual([]);
  });
});
