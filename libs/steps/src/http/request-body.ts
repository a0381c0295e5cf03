import { createHash } from 'node:crypto';
import { ConfigurationError, type FileReader } from '@hookloom/step-kit';
import { toText } from '../fields.js';
import { findFile, openFiles, type OutgoingFile } from '../files.js';
import type { HttpConfig } from './http.config.js';

/** A body ready to be sent, with the content type that says what it is. */
export interface RequestBody {
  readonly contentType: string;
  readonly content: string | Uint8Array;
  /** What people see in place of a body that may hold files. */
  readonly shown?: string;
}

/** Writes the body as the step's `bodyType` says; `undefined`: there is none. `seed` makes the multipart boundary. */
export async function encodeBody(
  config: Pick<HttpConfig, 'bodyType' | 'body'>,
  seed: string,
  files: FileReader,
): Promise<RequestBody | undefined> {
  const hasBody = config.body !== undefined && config.body !== null;
  const bodyType = config.bodyType ?? (hasBody ? 'json' : 'none');
  if (bodyType === 'none' || (!hasBody && bodyType !== 'json')) return undefined;
  switch (bodyType) {
    case 'json':
      return { contentType: 'application/json', content: toJson(config.body) };
    case 'text':
      return { contentType: 'text/plain; charset=utf-8', content: String(toText(config.body)) };
    case 'form':
      return { contentType: 'application/x-www-form-urlencoded', content: toForm(config.body) };
    case 'multipart':
      return toMultipart(fieldsOf(config.body, 'multipart'), seed, files);
    case 'file':
      return toFileBody(config.body, files);
  }
}

/** A text that is itself a JSON object or list was written as JSON by the author and is sent as it stands. */
function toJson(body: unknown): string {
  if (typeof body === 'string' && /^\s*[[{]/.test(body)) {
    try {
      JSON.parse(body);
      return body;
    } catch {
      throw new ConfigurationError(
        'The body looks like JSON but cannot be read as JSON. Correct it, or choose the body type text.',
        { code: 'invalid_field' },
      );
    }
  }
  return JSON.stringify(body ?? null);
}

function toForm(body: unknown): string {
  if (typeof body === 'string') return body;
  const pairs = fieldsOf(body, 'form').map(([name, value]): [string, string] => [
    name,
    String(toText(value)),
  ]);
  return new URLSearchParams(pairs).toString();
}

/** Fields in order; a list repeats its name, null is left out. */
function fieldsOf(body: unknown, bodyType: string): [string, unknown][] {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ConfigurationError(`A ${bodyType} body needs fields by name, such as {"name": "value"}.`, {
      code: 'invalid_field',
    });
  }
  return Object.entries(body)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map((one): [string, unknown] => [name, one]),
    )
    .filter(([, value]) => value !== null && value !== undefined);
}

/** RFC 7578. */
async function toMultipart(
  fields: readonly [string, unknown][],
  seed: string,
  files: FileReader,
): Promise<RequestBody> {
  const boundary = `hookloom-${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`;
  const parts = fields.map(([name, value]) => ({ name, value, file: findFile(value) }));
  const opened = await openFiles(
    parts.flatMap(({ file }) => file ?? []),
    files,
  );
  const written = parts.map(({ name, value, file }) => {
    const sent = file && opened.shift();
    return sent ? filePart(boundary, name, sent) : textPart(boundary, name, String(toText(value)));
  });
  const content = Buffer.concat([
    ...written.flatMap(({ bytes }) => bytes),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  const shown = written.map((part) => part.shown).join('\n');
  return { contentType: `multipart/form-data; boundary=${boundary}`, content, shown };
}

interface Part {
  readonly bytes: readonly Uint8Array[];
  readonly shown: string;
}

function textPart(boundary: string, name: string, text: string): Part {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="${quote(name)}"\r\n\r\n`;
  return { bytes: [Buffer.from(`${head}${text}\r\n`)], shown: `${name}: ${text}` };
}

function filePart(boundary: string, name: string, file: OutgoingFile): Part {
  const disposition = `form-data; name="${quote(name)}"; filename="${quote(file.filename)}"`;
  const head = `--${boundary}\r\nContent-Disposition: ${disposition}\r\nContent-Type: ${typeOf(file)}\r\n\r\n`;
  return {
    bytes: [Buffer.from(head), file.content, Buffer.from('\r\n')],
    shown: `${name}: ${shownFile(file)}`,
  };
}

/** The file as it is, under its own content type. */
async function toFileBody(body: unknown, files: FileReader): Promise<RequestBody> {
  const value = findFile(body);
  const [file] = value ? await openFiles([value], files) : [];
  if (file) return { contentType: typeOf(file), content: file.content, shown: shownFile(file) };
  throw new ConfigurationError(
    'The body is no file. Take one from the data, such as {{ trigger.body.invoice }}, or choose another body type.',
    { code: 'invalid_field' },
  );
}

/** Files may hold what nobody should read in a list of runs: they are told by name. */
function shownFile(file: OutgoingFile): string {
  return `(file “${file.filename}”, ${typeOf(file)}, ${file.content.byteLength} bytes)`;
}

function typeOf({ contentType }: OutgoingFile): string {
  return contentType ?? 'application/octet-stream';
}

/** The escapes that browsers use inside the quotes of Content-Disposition (HTML, multipart/form-data). */
function quote(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
