import { describe, expect, it } from 'vitest';
import { passwordStrength } from './password-strength.js';

describe('passwordStrength', () => {
  it('grows with length and variety, and sees through repetition', () => {
    const passwords = ['short', 'aaaaaaaaaaaaaaaa', 'summer2026', 'northwind lamp 42'];
    expect(passwords.map(passwordStrength)).toEqual(['short', 'weak', 'weak', 'strong']);
  });
});
