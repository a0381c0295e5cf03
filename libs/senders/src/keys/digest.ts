import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { DigestAlgorithm, Encoding } from '../model/scheme.js';

/** Pieces of a signed text, in order; texts are UTF-8. */
export type Pieces = readonly (string | Uint8Array)[];

export const DIGEST_BYTES: Record<DigestAlgorithm, number> = {
  md5: 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

export function hmac(algorithm: DigestAlgorithm, key: KeyObject, pieces: Pieces): Buffer {
  const mac = createHmac(algorithm, key);
  for (const piece of pieces) mac.update(piece);
  return mac.digest();
}

export function hash(algorithm: DigestAlgorithm, pieces: Pieces): Buffer {
  const digest = createHash(algorithm);
  for (const piece of pieces) digest.update(piece);
  return digest.digest();
}

export function hashText(algorithm: DigestAlgorithm, pieces: Pieces, encoding: Encoding): string {
  return hash(algorithm, pieces).toString(encoding);
}

/** One run of bytes, for signatures that are not made piece by piece. */
export function joinPieces(pieces: Pieces): Buffer {
  return Buffer.concat(
    pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece)),
  );
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let entry = index;
  for (let bit = 0; bit < 8; bit += 1) entry = entry & 1 ? (entry >>> 1) ^ 0xedb88320 : entry >>> 1;
  return entry >>> 0;
});

/** CRC-32 (ISO 3309) as an unsigned number; this room imports nothing of Node but `node:crypto`. */
export function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}
