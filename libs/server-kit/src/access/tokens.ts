import { randomBytes } from 'node:crypto';

/** A new secret of 256 random bits, in characters that need no escaping in a URL or header. Stored hashed. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}
