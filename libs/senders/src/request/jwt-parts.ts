import { decodeStrictly } from '../keys/compare.js';

/** The JSON of a token's header or payload, or `undefined`. Says nothing about the signature. */
export function decodeJwtPart(part: string): unknown {
  const bytes = decodeStrictly(part, 'base64url');
  if (!bytes) return undefined;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}

export function encodeJwtPart(value: unknown): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}
