import type { IncomingMessage } from 'node:http';
import type { MemoryRoom } from './memory-room.js';

/** A body as it came in. `bytes` was taken from the room and must be given back, whatever `kind` says. */
export type Upload =
  | { readonly kind: 'complete'; readonly body: Buffer; readonly bytes: number }
  /** Over the limit, or no room for it: the rest was not read. */
  | { readonly kind: 'too_large' | 'no_room'; readonly bytes: number }
  /** The sender went away: nobody is there to answer. */
  | { readonly kind: 'aborted'; readonly bytes: number };

export interface UploadLimits {
  /** The length that the request names, if it names one. */
  readonly contentLength: string | undefined;
  readonly maxBytes: number;
}

const EMPTY = Buffer.alloc(0);

/**
 * Reads the exact bytes of a request and stops as soon as they are too many: by the length it names, and by
 * counting. Never rejects.
 */
export function readUpload(
  request: IncomingMessage,
  { contentLength, maxBytes }: UploadLimits,
  room: MemoryRoom,
): Promise<Upload> {
  if (request.destroyed) return Promise.resolve({ kind: 'aborted', bytes: 0 });
  if (Number(contentLength ?? 0) > maxBytes) return Promise.resolve({ kind: 'too_large', bytes: 0 });
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const settle = (upload: Upload) => {
      request.off('data', onData).off('end', onEnd).off('close', onGone);
      resolve(upload);
    };
    const onData = (chunk: Buffer) => {
      if (bytes + chunk.length > maxBytes) return settle({ kind: 'too_large', bytes });
      if (!room.take(chunk.length)) return settle({ kind: 'no_room', bytes });
      bytes += chunk.length;
      chunks.push(chunk);
    };
    const onEnd = () => settle({ kind: 'complete', body: joined(chunks, bytes), bytes });
    const onGone = () => settle({ kind: 'aborted', bytes });
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', ignore);
  });
}

/** An aborted request also says so by `error`; `close` always follows and is what counts. */
function ignore(): void {}

function joined(chunks: readonly Buffer[], bytes: number): Buffer {
  const [first] = chunks;
  if (first === undefined) return EMPTY;
  return chunks.length === 1 ? first : Buffer.concat(chunks, bytes);
}
