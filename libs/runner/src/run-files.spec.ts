import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { EventBodySource, FoundBody } from './ports.js';
import { RunFiles } from './run-files.js';

const EVENT = '0199d9c2-6b1e-7000-8000-0123456789ab';
const OTHER = '0199d9c2-6b1e-7000-8000-0123456789ac';
const GONE = '0199d9c2-6b1e-7000-8000-0123456789ad';
const PINNED = '0199d9c2-6b1e-7000-8000-0123456789ae';

const part = (head: string, content: string): string =>
  `--b\r\ncontent-disposition: form-data; ${head}\r\n\r\n${content}\r\n`;
const BODY = `${part('name="note"', 'hi')}${part('name="a"; filename="a.txt"', 'one')}${part('name="b"; filename="b.txt"', 'two')}--b--\r\n`;

function aRun(
  body: Uint8Array,
  { contentEncoding, fails = 0 }: { contentEncoding?: string; fails?: number } = {},
) {
  const loads: string[] = [];
  const source: EventBodySource = {
    async find(_run, eventId, isPinned): Promise<FoundBody> {
      if (loads.length < fails) {
        loads.push('failed');
        throw new Error('the database is away');
      }
      if (eventId === GONE) return { kind: 'gone' };
      if (eventId !== EVENT && !isPinned) return { kind: 'foreign' };
      const load = async (): Promise<Uint8Array> => {
        loads.push(eventId);
        return body;
      };
      const declared = { contentType: 'multipart/form-data; boundary=b', contentEncoding };
      return { kind: 'found', body: { bytes: body.length, ...declared, load } };
    },
  };
  const files = new RunFiles(source);
  const of = {
    run: { id: 'run', projectId: 'project' },
    pinnedEventId: () => PINNED,
    signal: new AbortController().signal,
  };
  const read = (...refs: string[]): Promise<string[]> =>
    files.lend(of, async (reader) => {
      const found: string[] = [];
      for (const ref of refs) found.push(Buffer.from(await reader.read(ref)).toString());
      return found;
    });
  return { read, loads };
}

describe('the files of a run', () => {
  it('are read out of its event, which is loaded once', async () => {
    const { read, loads } = aRun(Buffer.from(BODY));
    expect(await read(`${EVENT}#2`, `${EVENT}#1`, EVENT)).toEqual(['two', 'one', BODY]);
    expect(loads).toEqual([EVENT]);
  });

  it('are read out of a body that came compressed', async () => {
    const { read } = aRun(gzipSync(BODY), { contentEncoding: 'gzip' });
    expect(await read(`${EVENT}#1`)).toEqual(['one']);
  });

  it('are those of the event that is pinned as its trigger, too', async () => {
    expect(await aRun(Buffer.from(BODY)).read(`${PINNED}#1`)).toEqual(['one']);
  });

  it.each([
    ['another run’s event', `${OTHER}#1`],
    ['a file that is not there', `${EVENT}#3`],
    ['a text that is no reference', '../etc/passwd'],
    ['a number that is none', `${EVENT}#0`],
  ])('are never %s', async (_what, ref) => {
    await expect(aRun(Buffer.from(BODY)).read(ref)).rejects.toMatchObject({ code: 'file_not_found' });
  });

  it('say so where their event is no longer kept', async () => {
    await expect(aRun(Buffer.from(BODY)).read(GONE)).rejects.toMatchObject({ code: 'file_gone' });
  });

  it('say so where their body cannot be read', async () => {
    await expect(aRun(Buffer.from('--b\r\ncut')).read(`${EVENT}#1`)).rejects.toMatchObject({
      code: 'file_unreadable',
    });
    const damaged = aRun(Buffer.from(BODY), { contentEncoding: 'gzip' });
    await expect(damaged.read(EVENT)).rejects.toMatchObject({ code: 'file_unreadable' });
  });

  it('are tried again while the database is away', async () => {
    const { read } = aRun(Buffer.from(BODY), { fails: 1 });
    await expect(read(EVENT)).rejects.toMatchObject({ name: 'RetryableError', code: 'file_unavailable' });
    expect(await read(`${EVENT}#1`)).toEqual(['one']);
  });
});
