import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate as inflateZlib, inflateRaw, type ZlibOptions } from 'node:zlib';

/** The body without its content encoding. */
export type Inflated =
  | { readonly kind: 'plain'; readonly body: Buffer }
  | { readonly kind: 'unsupported' | 'too_large' | 'corrupt' };

type Decoder = (body: Buffer, options: ZlibOptions) => Promise<Buffer>;

const zlibDeflate: Decoder = promisify(inflateZlib);
const rawDeflate: Decoder = promisify(inflateRaw);
/** RFC 9110 means zlib by `deflate`; some clients send it bare. A zlib header says method 8 in its low bits. */
const anyDeflate: Decoder = (body, options) =>
  (((body[0] ?? 0) & 0x0f) === 8 ? zlibDeflate : rawDeflate)(body, options);

const DECODERS: ReadonlyMap<string, Decoder> = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', anyDeflate],
  ['br', promisify(brotliDecompress)],
]);

/** Takes off one layer of gzip, deflate or br, never growing past `maxBytes`. Never rejects. */
export async function inflate(encoding: string, body: Buffer, maxBytes: number): Promise<Inflated> {
  const name = encoding.trim().toLowerCase();
  if (name === '' || name === 'identity') return { kind: 'plain', body };
  const decode = DECODERS.get(name);
  if (decode === undefined) return { kind: 'unsupported' };
  if (body.length === 0) return { kind: 'plain', body };
  try {
    return { kind: 'plain', body: await decode(body, { maxOutputLength: maxBytes }) };
  } catch (error) {
    const isTooLarge =
      error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    return { kind: isTooLarge ? 'too_large' : 'corrupt' };
  }
}
