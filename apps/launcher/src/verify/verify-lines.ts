import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Answers are written in pieces of about this many characters: one write a line would cost more than the judging. */
const PIECE_CHARACTERS = 64 * 1024;

/**
 * Answers each line of `input` with one line on `output`, in order. Only a line feed ends a line: JSON text may hold
 * every other line separator. Whoever closes `output` early has read enough, which is no error.
 */
export async function verifyLines(
  input: Readable,
  output: Writable,
  judge: (line: string) => string,
): Promise<void> {
  try {
    await pipeline(input.setEncoding('utf8'), (chunks) => answer(splitLines(chunks), judge), output);
  } catch (error) {
    if (!isClosedPipe(error)) throw error;
  }
}

async function* splitLines(chunks: AsyncIterable<unknown>): AsyncGenerator<string[]> {
  let parts: string[] = []; // of the line that goes on in the next chunk; a body of 16 MiB comes in hundreds of them
  for await (const chunk of chunks) {
    const [first = '', ...rest] = String(chunk).split('\n');
    parts.push(first);
    const last = rest.pop();
    if (last === undefined) continue;
    yield [parts.join(''), ...rest];
    parts = [last];
  }
  const unfinished = parts.join('');
  if (unfinished !== '') yield [unfinished];
}

async function* answer(
  groups: AsyncIterable<string[]>,
  judge: (line: string) => string,
): AsyncGenerator<string> {
  for await (const lines of groups) {
    let piece = '';
    for (const line of lines) {
      piece += `${judge(line)}\n`;
      if (piece.length < PIECE_CHARACTERS) continue;
      yield piece;
      piece = '';
    }
    if (piece !== '') yield piece;
  }
}

function isClosedPipe(error: unknown): boolean {
  return (
    error instanceof Error &&
    'code' in error &&
    (error.code === 'EPIPE' || error.code === 'ERR_STREAM_PREMATURE_CLOSE')
  );
}
