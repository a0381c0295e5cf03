import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { verifyLines } from './verify-lines.js';

const echo = (line: string) => `<${line}>`;

async function answersTo(chunks: Iterable<Buffer>): Promise<string> {
  const output = new PassThrough();
  const [text] = await Promise.all([
    output.toArray().then((pieces) => Buffer.concat(pieces).toString()),
    verifyLines(Readable.from(chunks, { objectMode: false }), output, echo),
  ]);
  return text;
}

describe('verifyLines', () => {
  it('answers each line with one line, in order', async () => {
    expect(await answersTo([Buffer.from('a\nb\n\nc\n')])).toBe('<a>\n<b>\n<>\n<c>\n');
  });

  it('answers a last line without a line feed', async () => {
    expect(await answersTo([Buffer.from('a\nb')])).toBe('<a>\n<b>\n');
  });

  it('answers nothing to nothing', async () => {
    expect(await answersTo([])).toBe('');
  });

  it('puts lines and characters together that were cut by a chunk', async () => {
    const bytes = Buffer.from('{"body":"grüße €"}\n{"body":"\u2028 stays inside"}\n');
    const single = Array.from(bytes, (byte) => Buffer.of(byte));
    expect(await answersTo(single)).toBe('<{"body":"grüße €"}>\n<{"body":"\u2028 stays inside"}>\n');
  });

  it('answers a hundred thousand lines', async () => {
    const text = await answersTo([Buffer.from('line\n'.repeat(100_000))]);
    expect(text.split('\n')).toHaveLength(100_001);
  });

  it('ends quietly when nobody reads on', async () => {
    const output = new PassThrough();
    output.once('data', () => output.destroy());
    await verifyLines(
      Readable.from([Buffer.from('line\n'.repeat(100_000))], { objectMode: false }),
      output,
      echo,
    );
  });
});
