/** The least number of characters that the server takes. */
export const LEAST_LENGTH = 10;

export type Strength = 'short' | 'weak' | 'fair' | 'strong';

/** Says how hard a password is to guess, by length, kinds of characters and repetition. A hint, not a gate. */
export function passwordStrength(password: string): Strength {
  if (password.length < LEAST_LENGTH) return 'short';
  const different = new Set(password).size;
  if (different < 6) return 'weak';
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^a-zA-Z0-9]/].filter((kind) => kind.test(password)).length;
  const score = Math.min(different, 16) + kinds * 2 + (password.length >= 16 ? 4 : 0);
  if (score >= 20) return 'strong';
  return score >= 14 ? 'fair' : 'weak';
}
