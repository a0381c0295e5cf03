import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { PermanentError } from '@hookloom/step-kit';
import { tooLarge } from './transfer.js';

type Inflater = (bytes: Uint8Array, options: { maxOutputLength: number }) => Promise<Buffer>;

const INFLATERS: Readonly<Record<string, Inflater>> = {
  gzip: promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Uint8Array, { maxOutputLength: number }, Buffer>(gunzip),
  br: promisify<Uint8Array, { maxOutputLength: number }, Buffer>(brotliDecompress),
  deflate: inflateEither,
};

const zlibInflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflate);
const rawInflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

/**
 * Undoes one layer of content encoding; zlib stops as soon as the output passes `maxBytes`. An encoding that was
 * never asked for is left as it came.
 *
 * @throws PermanentError `response_too_large`, or `bad_answer` when the bytes are not what the header says
 */
export async function inflateBody(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
  host: string,
): Promise<Uint8Array> {
  const inflater = INFLATERS[encoding?.trim().toLowerCase() ?? ''];
  if (!inflater || body.byteLength === 0) return body;
  try {
    return await inflater(body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(host, maxBytes);
    throw new PermanentError(`${host} sent a body that is not ${encoding}, though its headers say so.`, {
      code: 'bad_answer',
      cause: error,
    });
  }
}

/** `deflate` means zlib's format (RFC 9110, 8.4.1.2); some servers send it without its header. */
function inflateEither(bytes: Uint8Array, options: { maxOutputLength: number }): Promise<Buffer> {
  const hasZlibHeader =
    ((bytes[0] ?? 0) & 0x0f) === 8 && (((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0)) % 31 === 0;
  return hasZlibHeader ? zlibInflate(bytes, options) : rawInflate(bytes, options);
}
