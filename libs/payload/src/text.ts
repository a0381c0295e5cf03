import { Buffer, isUtf8 } from 'node:buffer';

/** A view of the same bytes with Buffer's methods; nothing is copied. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Reads text in the charset that the sender names; UTF-8 without one or with an unknown one. A byte order
 * mark is dropped. Bytes that are wrong in the charset become U+FFFD: the exact bytes are kept beside it.
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const decoder = charset === undefined || isUtf8Label(charset) ? undefined : findDecoder(charset);
  if (decoder) return decoder.decode(bytes);
  const text = asBuffer(bytes).toString('utf8');
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}

/** The same text in UTF-8: what a byte scan can read. */
export function toUtf8(bytes: Uint8Array, charset: string | undefined): Uint8Array {
  if (charset === undefined || isUtf8Label(charset)) return bytes;
  return new TextEncoder().encode(decodeText(bytes, charset));
}

/** Whether the bytes are text at all, where no content type says so: valid UTF-8 without NUL. */
export function looksLikeText(bytes: Uint8Array): boolean {
  return isUtf8(bytes) && !bytes.includes(0);
}

function isUtf8Label(charset: string): boolean {
  return /^utf-?8$/i.test(charset);
}

function findDecoder(charset: string): InstanceType<typeof TextDecoder> | undefined {
  try {
    return new TextDecoder(charset);
  } catch {
    return undefined;
  }
}
