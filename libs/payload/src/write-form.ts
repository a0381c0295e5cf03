import { Buffer } from 'node:buffer';
import { VALUES_PARAMETER, type MultipartPart } from './multipart.js';

/** A form's values as a body that `readBody` gives back as they were. */
export interface WrittenForm {
  readonly contentType: string;
  readonly body: Buffer;
}

type FileOf = Pick<MultipartPart, 'name' | 'filename' | 'contentType' | 'content'>;

/**
 * Writes what a form gave: JSON, or where it has files a multipart body whose fields are JSON.
 *
 * @param boundary a text that no value holds, such as a random id
 */
export function writeForm(
  values: Readonly<Record<string, unknown>>,
  files: readonly FileOf[],
  boundary: string,
): WrittenForm {
  if (files.length === 0) {
    return { contentType: 'application/json', body: Buffer.from(JSON.stringify(values)) };
  }
  const fields = Object.entries(values).map(([name, value]) => field(boundary, name, value));
  const body = Buffer.concat([
    ...fields,
    ...files.flatMap((file) => [fileHead(boundary, file), file.content, CRLF]),
    Buffer.from(`--${boundary}--\r\n`),
  ]);
  return { contentType: `multipart/form-data; boundary=${boundary}; ${VALUES_PARAMETER}=json`, body };
}

const CRLF = Buffer.from('\r\n');

function field(boundary: string, name: string, value: unknown): Buffer {
  const head = `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\ncontent-type: application/json`;
  return Buffer.from(`${head}\r\n\r\n${JSON.stringify(value)}\r\n`);
}

function fileHead(boundary: string, { name, filename = '', contentType }: FileOf): Buffer {
  const type = contentType === undefined ? '' : `\r\ncontent-type: ${oneLine(contentType)}`;
  const disposition = `form-data; name="${name}"; filename*=utf-8''${encodeURIComponent(filename)}`;
  return Buffer.from(`--${boundary}\r\ncontent-disposition: ${disposition}${type}\r\n\r\n`);
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]/g, ' ');
}
