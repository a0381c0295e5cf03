import { createHash } from 'node:crypto';

/** What is stored of a token that is long and random: its SHA-256. (Passwords need Argon2id instead.) */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
