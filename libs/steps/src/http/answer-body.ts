import { LIMITS } from '@hookloom/contracts';
import { PermanentError, type HttpResponse } from '@hookloom/step-kit';
import type { HttpConfig } from './http.config.js';

/**
 * An answer's body as JSON text. JSON that came is kept as it is written: numbers keep all their digits.
 * What is neither JSON nor text becomes `{contentType, size, base64}`.
 */
export function bodyJsonOf(response: HttpResponse, as: HttpConfig['responseType'], host: string): string {
  const contentType = response.headers['content-type'] ?? '';
  const kind = as === 'auto' ? kindOf(contentType) : as;
  const bytes = Buffer.from(response.body.buffer, response.body.byteOffset, response.body.byteLength);
  if (bytes.length === 0) return kind === 'text' && as === 'text' ? '""' : 'null';
  if (kind === 'base64') {
    return JSON.stringify({ contentType, size: bytes.length, base64: bytes.toString('base64') });
  }
  const text = decode(bytes, contentType);
  if (kind === 'text') return JSON.stringify(text);
  const problem = jsonProblem(text);
  if (problem === undefined) return text;
  if (as === 'auto') return JSON.stringify(text);
  throw new PermanentError(`${host} answered something that cannot be read as JSON: ${problem}`, {
    code: 'unreadable_answer',
    status: response.status,
  });
}

function kindOf(contentType: string): 'json' | 'text' | 'base64' {
  const type = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (/^application\/(json|.+\+json)$/.test(type) || type === 'text/json') return 'json';
  if (
    type === '' ||
    /^text\/|[/+]xml$|^application\/(x-www-form-urlencoded|javascript|yaml|x-ndjson)$/.test(type)
  ) {
    return 'text';
  }
  return 'base64';
}

function decode(bytes: Buffer, contentType: string): string {
  const charset = /charset="?([^\s;"]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('utf8'); // a charset that nobody knows
  }
}

function jsonProblem(text: string): string | undefined {
  if (depthOf(text) > LIMITS.jsonDepth) return `it is nested deeper than ${LIMITS.jsonDepth} levels.`;
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return 'it is not valid JSON.';
  }
}

const [QUOTE, BACKSLASH, OPEN, CLOSE] = ['"', '\\', '[{', ']}'];

/** Deepest nesting of a JSON text, strings skipped; never recursive. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0, inText = false; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (inText) {
      if (character === BACKSLASH) at += 1;
      else if (character === QUOTE) inText = false;
    } else if (character === QUOTE) inText = true;
    else if (OPEN.includes(character)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSE.includes(character)) depth -= 1;
  }
  return deepest;
}
