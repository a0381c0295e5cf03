import type { JournalEntry } from '@hookloom/contracts';
import type { WrittenEntry } from '@hookloom/runner';

/** Entries as they are stored: UTF-8, one JSON text a line, an output's own text put in as it is. */
export function encodeEntries(entries: readonly WrittenEntry[]): Buffer {
  return Buffer.from(entries.map(toLine).join('\n'));
}

/** The entries of one or more stored parts, in their order. */
export function decodeEntries(bytes: Uint8Array): JournalEntry[] {
  if (bytes.byteLength === 0) return [];
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    .toString()
    .split('\n')
    .map((line): JournalEntry => JSON.parse(line));
}

function toLine({ entry, outputJson }: WrittenEntry): string {
  const line = JSON.stringify(entry);
  return outputJson === undefined ? line : `${line.slice(0, -1)},"output":${withoutLineBreaks(outputJson)}}`;
}

/** Raw line breaks in JSON stand only between its tokens, so a space means the same. */
function withoutLineBreaks(json: string): string {
  return /[\r\n]/.test(json) ? json.replace(/[\r\n]/g, ' ') : json;
}
