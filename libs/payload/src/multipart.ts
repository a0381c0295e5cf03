import type { Buffer } from 'node:buffer';
import { parseParameters, type ContentType } from './content-type.js';
import { readJson } from './json.js';
import { addOwn } from './own-property.js';
import { readable, unreadable, type BodyReading } from './reading.js';
import { asBuffer, decodeText } from './text.js';

/** A file of a multipart body, kept by reference: `<event id>#<number of the file, from 1>`. */
export interface FilePart {
  readonly filename: string;
  readonly contentType: string;
  readonly size: number;
  readonly ref: string;
}

/** One part of a multipart body. */
export interface MultipartPart {
  readonly name: string;
  /** The last segment of a file's name; `undefined`: a field, not a file. */
  readonly filename: string | undefined;
  readonly contentType: string | undefined;
  readonly content: Buffer;
}

interface Part {
  readonly header: Buffer;
  readonly content: Buffer;
}

const MAX_PARTS = 1_000;
const MAX_PART_HEADER_BYTES = 16 * 1024;
const MAX_BOUNDARY_LENGTH = 70;
const CR = 0x0d;
const LF = 0x0a;
const DASH = 0x2d;

/**
 * A parameter of the content type of bodies that this server writes itself (`writeForm`): their fields are JSON, so that
 * a number stays one.
 */
export const VALUES_PARAMETER = 'values';

/** Reads `multipart/form-data` (RFC 7578): fields like a form, files by reference. One pass over the bytes. */
export function readMultipart(bytes: Uint8Array, contentType: ContentType, ref: string): BodyReading {
  const parts = readMultipartParts(bytes, contentType);
  if (typeof parts === 'string') return refused(parts);
  const areJson = contentType.parameters.get(VALUES_PARAMETER) === 'json';
  const fields: Record<string, unknown> = {};
  let files = 0;
  for (const part of parts) {
    if (part.filename !== undefined) {
      addOwn(fields, part.name, fileOf(part.filename, part, `${ref}#${(files += 1)}`));
      continue;
    }
    const value = areJson ? readJson(part.content) : readable(textOf(part));
    if (!value.ok) return refused('has a field that is not JSON');
    addOwn(fields, part.name, value.value);
  }
  return readable(fields);
}

/** The parts of a multipart body in their order, or why it cannot be read. Never throws. */
export function readMultipartParts(bytes: Uint8Array, contentType: ContentType): MultipartPart[] | string {
  const boundary = contentType.parameters.get('boundary') ?? '';
  if (boundary === '' || boundary.length > MAX_BOUNDARY_LENGTH) return 'names no usable boundary';
  const found = splitParts(asBuffer(bytes), boundary);
  if (typeof found === 'string') return found;
  const parts: MultipartPart[] = [];
  for (const { header, content } of found) {
    const headers = readPartHeaders(header);
    const named = parseParameters(afterSemicolon(headers.get('content-disposition') ?? ''));
    const name = named.get('name');
    if (name === undefined) return 'has a part without a name';
    parts.push({ name, filename: filenameOf(named), contentType: headers.get('content-type'), content });
  }
  return parts;
}

/** The parts between the delimiters, or why the body cannot be split. */
function splitParts(bytes: Buffer, boundary: string): Part[] | string {
  const delimiter = `--${boundary}`;
  const parts: Part[] = [];
  let start = startOfFirst(bytes, delimiter);
  while (start !== undefined) {
    const lineEnd = bytes.indexOf(LF, start);
    const head = bytes.subarray(start, lineEnd < 0 ? bytes.length : lineEnd);
    if (head[0] === DASH && head[1] === DASH) return parts;
    if (lineEnd < 0) break;
    const end = nextDelimiter(bytes, delimiter, lineEnd);
    if (end === undefined) break;
    if (parts.length === MAX_PARTS) return `has more than ${MAX_PARTS} parts`;
    const part = splitHeader(bytes.subarray(lineEnd + 1, contentEnd(bytes, end, lineEnd + 1)));
    if (!part) return 'has a part without an end of its headers';
    parts.push(part);
    start = end + 1 + delimiter.length;
  }
  return 'is cut off: its closing boundary is missing';
}

/** Just after the first delimiter; a preamble before it is allowed. */
function startOfFirst(bytes: Buffer, delimiter: string): number | undefined {
  if (bytes.indexOf(delimiter, 0, 'latin1') === 0) return delimiter.length;
  const at = nextDelimiter(bytes, delimiter, 0);
  return at === undefined ? undefined : at + 1 + delimiter.length;
}

/** Index of the line feed before the next delimiter at or after `from`. */
function nextDelimiter(bytes: Buffer, delimiter: string, from: number): number | undefined {
  const sought = `\n${delimiter}`;
  for (
    let at = bytes.indexOf(sought, from, 'latin1');
    at >= 0;
    at = bytes.indexOf(sought, at + 1, 'latin1')
  ) {
    if (endsDelimiter(bytes, at + sought.length)) return at;
  }
  return undefined;
}

/** A delimiter line holds nothing more than `--` or blanks; a longer word is content that looks like one. */
function endsDelimiter(bytes: Buffer, at: number): boolean {
  const byte = bytes[at];
  if (byte === DASH) return bytes[at + 1] === DASH;
  return byte === CR || byte === LF || byte === 0x20 || byte === 0x09;
}

function contentEnd(bytes: Buffer, lineFeed: number, start: number): number {
  const end = bytes[lineFeed - 1] === CR ? lineFeed - 1 : lineFeed;
  return Math.max(end, start);
}

function splitHeader(part: Buffer): Part | undefined {
  if (part[0] === LF) return { header: part.subarray(0, 0), content: part.subarray(1) };
  if (part[0] === CR && part[1] === LF) return { header: part.subarray(0, 0), content: part.subarray(2) };
  const start = part.subarray(0, MAX_PART_HEADER_BYTES);
  const strict = start.indexOf('\r\n\r\n', 0, 'latin1');
  if (strict >= 0) return { header: part.subarray(0, strict), content: part.subarray(strict + 4) };
  const loose = start.indexOf('\n\n', 0, 'latin1');
  return loose < 0 ? undefined : { header: part.subarray(0, loose), content: part.subarray(loose + 2) };
}

function readPartHeaders(header: Buffer): ReadonlyMap<string, string> {
  const headers = new Map<string, string>();
  for (const line of decodeText(header).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

function fileOf(filename: string, part: MultipartPart, ref: string): FilePart {
  const contentType = part.contentType ?? 'application/octet-stream';
  return { filename, contentType, size: part.content.length, ref };
}

/** The last segment only: a name is never a path. */
function filenameOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const extended = /^utf-8'[^']*'(.*)$/i.exec(parameters.get('filename*') ?? '')?.[1];
  const name = (extended === undefined ? undefined : percentDecoded(extended)) ?? parameters.get('filename');
  return name?.replace(/^.*[/\\]/s, '');
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** The text of a part that is no file. */
export function textOf({ content, contentType = '' }: MultipartPart): string {
  return decodeText(content, parseParameters(afterSemicolon(contentType)).get('charset'));
}

function afterSemicolon(value: string): string {
  const at = value.indexOf(';');
  return at < 0 ? '' : value.slice(at);
}

function refused(why: string): BodyReading {
  return unreadable(
    'multipart',
    `The multipart body ${why}. Send it again as a whole, with the boundary of its Content-Type.`,
  );
}
