import { describe, expect, it } from 'vitest';
import { tokenFrom } from './setup-token.js';

describe('tokenFrom', () => {
  it('finds the token in the printed link, and takes a bare token as it is', () => {
    expect(tokenFrom(' http://localhost:3210/setup?token=a_b-1 ')).toBe('a_b-1');
    expect(tokenFrom('a_b-1')).toBe('a_b-1');
  });
  it('finds none in anything else', () => {
    expect(['http://localhost:3210/setup', 'two words', '', 'localhost/setup'].map(tokenFrom)).toEqual([
      '',
      '',
      '',
      '',
    ]);
  });
});
