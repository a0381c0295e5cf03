/** Fields of a form in the order they came; a repeated one has several values. */
export type FormFields = ReadonlyMap<string, readonly string[]>;

/** Multipart forms with more parts are not read. */
const MAX_PARTS = 1000;

/** Reads `application/x-www-form-urlencoded` text, a query string included. Never throws. */
export function parseUrlEncoded(text: string): FormFields {
  const fields = new Map<string, string[]>();
  for (const [name, value] of new URLSearchParams(text)) append(fields, name, value);
  return fields;
}

/**
 * Reads the text fields of a `multipart/form-data` body (RFC 7578); files are passed over.
 *
 * @param boundary from the content type
 * @returns what could be read; nothing at all for a body of another shape. Never throws.
 */
export function parseMultipart(body: Uint8Array, boundary: string): FormFields {
  const fields = new Map<string, string[]>();
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString('latin1');
  const parts = `\r\n${text}`.split(`\r\n--${boundary}`, MAX_PARTS).slice(1);
  for (const part of parts) {
    const end = part.indexOf('\r\n\r\n');
    if (end < 0) continue;
    const disposition = /^content-disposition:(.*)$/im.exec(part.slice(0, end))?.[1] ?? '';
    const name = /[;\s]name="([^"]*)"/i.exec(disposition)?.[1];
    if (name === undefined || /[;\s]filename\*?=/i.test(disposition)) continue;
    append(fields, latin1AsUtf8(name), latin1AsUtf8(part.slice(end + 4)));
  }
  return fields;
}

/** The boundary of a multipart content type, or `undefined`. */
export function multipartBoundary(contentType: string): string | undefined {
  const match = /^multipart\/form-data\s*;.*?boundary=(?:"([^"]+)"|([^;\s]+))/i.exec(contentType);
  return match?.[1] ?? match?.[2];
}

function append(fields: Map<string, string[]>, name: string, value: string): void {
  const values = fields.get(name);
  if (values) values.push(value);
  else fields.set(name, [value]);
}

function latin1AsUtf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
