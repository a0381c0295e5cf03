import { Buffer } from 'node:buffer';
import {
  brotliDecompress,
  brotliDecompressSync,
  gunzip,
  gunzipSync,
  inflate as inflateZlib,
  inflateRaw,
  inflateRawSync,
  inflateSync,
} from 'node:zlib';

/** A body without its content encoding, or why there is none. */
export type Inflated =
  | { readonly kind: 'plain'; readonly body: Buffer }
  | { readonly kind: 'unsupported' | 'too_large' | 'corrupt' };

interface Limit {
  readonly maxOutputLength: number;
}

type Told = (error: Error | null, inflated: Buffer) => void;

/** One content encoding: beside the event loop, and on it. */
interface Decoder {
  decode(body: Buffer, limit: Limit, tell: Told): void;
  decodeNow(body: Buffer, limit: Limit): Buffer;
}

const gzip: Decoder = { decode: gunzip, decodeNow: gunzipSync };
const brotli: Decoder = { decode: brotliDecompress, decodeNow: brotliDecompressSync };
const zlib: Decoder = { decode: inflateZlib, decodeNow: inflateSync };
const rawDeflate: Decoder = { decode: inflateRaw, decodeNow: inflateRawSync };

/** `identity`: nothing to do. One layer only: what comes in two was made to hurt. */
function decoderOf(encoding: string, body: Buffer): Decoder | 'identity' | undefined {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return 'identity';
    case 'gzip':
    case 'x-gzip':
      return gzip;
    case 'br':
      return brotli;
    case 'deflate':
      // RFC 9110 means zlib by it; some clients send it bare. A zlib header says method 8 in its low bits.
      return ((body[0] ?? 0) & 0x0f) === 8 ? zlib : rawDeflate;
    default:
      return undefined;
  }
}

/** Takes off one layer of gzip, deflate or br beside the event loop, never growing past `maxBytes`. Never rejects. */
export async function inflateBody(encoding: string, body: Buffer, maxBytes: number): Promise<Inflated> {
  const decoder = decoderOf(encoding, body);
  if (decoder === undefined) return { kind: 'unsupported' };
  if (decoder === 'identity' || body.length === 0) return { kind: 'plain', body };
  return new Promise((resolve) => {
    decoder.decode(body, { maxOutputLength: maxBytes }, (error, inflated) =>
      resolve(error ? failureOf(error) : { kind: 'plain', body: inflated }),
    );
  });
}

/** The same, holding up the event loop: for processes that do nothing else meanwhile. Never throws. */
export function inflateBodyNow(encoding: string, body: Buffer, maxBytes: number): Inflated {
  const decoder = decoderOf(encoding, body);
  if (decoder === undefined) return { kind: 'unsupported' };
  if (decoder === 'identity' || body.length === 0) return { kind: 'plain', body };
  try {
    return { kind: 'plain', body: decoder.decodeNow(body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    return failureOf(error);
  }
}

function failureOf(error: unknown): Inflated {
  const isTooLarge = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
  return { kind: isTooLarge ? 'too_large' : 'corrupt' };
}
