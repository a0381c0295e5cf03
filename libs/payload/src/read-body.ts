import { LIMITS } from '@hookloom/contracts/limits';
import { inflateBodyNow } from './content-encoding.js';
import { kindOfType, parseContentType, type BodyKind } from './content-type.js';
import { readForm } from './form.js';
import { readJson } from './json.js';
import { readMultipart } from './multipart.js';
import { readable, unreadable, type BodyReading } from './reading.js';
import { asBuffer, decodeText, looksLikeText } from './text.js';
import { readXml } from './xml.js';

/** A body as received. */
export interface ReceivedBody {
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  /** The content encoding that the bytes still have; inflated to LIMITS.maxBodyBytes at the most. */
  readonly contentEncoding?: string | undefined;
  /** The event's id: what `ref` of binary bodies and files begins with. */
  readonly ref: string;
}

/**
 * Makes the value `trigger.body` of the exact bytes, by content type. Never throws. Source: the contract,
 * "Trigger URLs". Without a content type a JSON object or list is JSON, other valid UTF-8 text, the rest binary.
 */
export function readBody(body: ReceivedBody): BodyReading {
  if (body.contentEncoding !== undefined) return readEncoded(body, body.contentEncoding);
  const type = parseContentType(body.contentType);
  if (type.essence === '') return readUndeclared(body);
  const { bytes, ref } = body;
  const charset = type.parameters.get('charset');
  switch (kindOfType(type.essence)) {
    case 'json':
      return readJson(bytes, charset);
    case 'form':
      return readForm(bytes);
    case 'xml':
      return readXml(bytes, charset);
    case 'multipart':
      return readMultipart(bytes, type, ref);
    case 'text':
      return readable(decodeText(bytes, charset));
    case 'binary':
      return readable(binaryOf(body));
  }
}

/** How `readBody` would read it. */
export function bodyKind(contentType: string | undefined, bytes: Uint8Array): BodyKind {
  const { essence } = parseContentType(contentType);
  if (essence !== '') return kindOfType(essence);
  if (readContainer(bytes) !== undefined || bytes.length === 0) return 'json';
  return looksLikeText(bytes) ? 'text' : 'binary';
}

function readEncoded({ bytes, contentType, ref }: ReceivedBody, encoding: string): BodyReading {
  const inflated = inflateBodyNow(encoding, asBuffer(bytes), LIMITS.maxBodyBytes);
  if (inflated.kind === 'plain') return readBody({ bytes: inflated.body, contentType, ref });
  return unreadable('encoding', `The compressed body is damaged, too large or of an unknown encoding.`);
}

function readUndeclared(body: ReceivedBody): BodyReading {
  if (body.bytes.length === 0) return readable(null);
  const container = readContainer(body.bytes);
  if (container !== undefined) return readable(container);
  return readable(looksLikeText(body.bytes) ? decodeText(body.bytes) : binaryOf(body));
}

/** A JSON object or list; other JSON is better left as text where nobody said that it is JSON. */
function readContainer(bytes: Uint8Array): object | undefined {
  if (!/^\s*[[{]/.test(decodeText(bytes.subarray(0, 256)))) return undefined;
  const reading = readJson(bytes);
  return reading.ok && typeof reading.value === 'object' && reading.value !== null
    ? reading.value
    : undefined;
}

function binaryOf({ bytes, contentType, ref }: ReceivedBody): object {
  return { contentType: contentType ?? 'application/octet-stream', size: bytes.length, ref };
}
