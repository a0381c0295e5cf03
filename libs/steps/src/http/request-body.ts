import { createHash } from 'node:crypto';
import { ConfigurationError } from '@hookloom/step-kit';
import { toText } from '../fields.js';
import type { HttpConfig } from './http.config.js';

/** A body ready to be sent, with the content type that says what it is. */
export interface RequestBody {
  readonly contentType: string;
  readonly content: string | Uint8Array;
}

/** Writes the body as the step's `bodyType` says; `undefined`: there is none. `seed` makes the multipart boundary. */
export function encodeBody(
  config: Pick<HttpConfig, 'bodyType' | 'body'>,
  seed: string,
): RequestBody | undefined {
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
      return toMultipart(fieldsOf(config.body, 'multipart'), seed);
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

/** RFC 7578. A file is `{filename, content, contentType?, encoding?: "base64"}`. */
function toMultipart(fields: readonly [string, unknown][], seed: string): RequestBody {
  const boundary = `hookloom-${createHash('sha256').update(seed).digest('hex').slice(0, 32)}`;
  const parts = fields.flatMap(([name, value]) => {
    const file = asFile(value);
    const disposition = `form-data; name="${quote(name)}"${file ? `; filename="${quote(file.filename)}"` : ''}`;
    const type = file ? `\r\nContent-Type: ${oneLine(file.contentType)}` : '';
    const head = `--${boundary}\r\nContent-Disposition: ${disposition}${type}\r\n\r\n`;
    return [Buffer.from(head), file ? file.content : Buffer.from(String(toText(value))), Buffer.from('\r\n')];
  });
  const content = Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]);
  return { contentType: `multipart/form-data; boundary=${boundary}`, content };
}

function asFile(value: unknown): { filename: string; contentType: string; content: Buffer } | undefined {
  if (typeof value !== 'object' || value === null || !('filename' in value) || !('content' in value)) {
    return undefined;
  }
  const encoding = 'encoding' in value && value.encoding === 'base64' ? 'base64' : 'utf8';
  const contentType = 'contentType' in value ? value.contentType : undefined;
  return {
    filename: String(value.filename),
    contentType: typeof contentType === 'string' ? contentType : 'application/octet-stream',
    content: Buffer.from(String(toText(value.content) ?? ''), encoding),
  };
}

/** The escapes that browsers use inside the quotes of Content-Disposition (HTML, multipart/form-data). */
function quote(text: string): string {
  return text.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}
