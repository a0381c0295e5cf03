import { timingSafeEqual } from 'node:crypto';
import type { Encoding } from '../model/scheme.js';

/** Compares in time that depends on the lengths alone. */
export function equalTexts(one: string, other: string): boolean {
  const left = Buffer.from(one, 'utf8');
  const right = Buffer.from(other, 'utf8');
  return left.length === right.length && timingSafeEqual(left, right);
}

/** One spelling for signatures that mean the same: hex in lower case, base64 without padding. */
export function normalizeEncoded(text: string, encoding: Encoding): string {
  return encoding === 'hex' ? text.toLowerCase() : text.replace(/={1,2}$/, '');
}

/** Bytes as text in the spelling of `normalizeEncoded`. */
export function encodeBytes(bytes: Buffer, encoding: Encoding): string {
  return normalizeEncoded(bytes.toString(encoding), encoding);
}

/** Characters of `byteLength` bytes in the spelling of `normalizeEncoded`. */
export function encodedLength(byteLength: number, encoding: Encoding): number {
  return encoding === 'hex' ? byteLength * 2 : Math.ceil((byteLength * 4) / 3);
}

const SHAPES: Record<Encoding, RegExp> = {
  hex: /^(?:[0-9a-f]{2})+$/i,
  base64: /^[A-Za-z0-9+/]+={0,2}$/,
  base64url: /^[A-Za-z0-9_-]+={0,2}$/,
};

/** True if the text is wholly of that encoding. */
export function isEncoded(text: string, encoding: Encoding): boolean {
  return SHAPES[encoding].test(text) && (encoding === 'hex' || text.replace(/=+$/, '').length % 4 !== 1);
}

/** Decodes only what is wholly of that encoding; Node's own decoders drop what they cannot read. */
export function decodeStrictly(text: string, encoding: Encoding): Buffer | undefined {
  return isEncoded(text, encoding) ? Buffer.from(text, encoding) : undefined;
}
