import { describe, expect, it } from 'vitest';
import { PasswordHasher } from './password-hasher.js';

describe('PasswordHasher', () => {
  it('makes Argon2id hashes of 19 MiB, 2 passes and 1 lane, different each time', async () => {
    const hasher = new PasswordHasher();
    const [one, other] = await Promise.all([hasher.hash('secret words'), hasher.hash('secret words')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(one).not.toBe(other);
    expect(await hasher.matches(one, 'secret words')).toBe(true);
    expect(await hasher.matches(one, 'other words')).toBe(false);
  });

  it('says no for a person who does not exist', async () => {
    expect(await new PasswordHasher().matches(undefined, 'anything')).toBe(false);
  });

  it('turns away with 429 who comes after a full queue, and serves all others', async () => {
    const hasher = new PasswordHasher();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 54 }, () => hasher.matches(undefined, 'x')),
    );
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused).toHaveLength(2);
    expect(refused[0]?.reason).toMatchObject({ status: 429 });
  });
});
