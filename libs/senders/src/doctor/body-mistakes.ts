import { textOf } from '../request/request.js';
import type { FailedCheck, Mistake } from './mistake.js';

/** Larger bodies are not written anew: it would cost more than the hint is worth. */
const MOST_BYTES = 64 * 1024;
const RAW = 'let the bytes through as they were sent';

/** Something between the sender and this server has read the body and written it in another way. */
export function* bodyMistakes(failed: FailedCheck): Generator<Mistake> {
  const { rawBody } = failed.request;
  if (rawBody.length === 0 || rawBody.length > MOST_BYTES) return;
  const text = textOf(rawBody);
  for (const [body, what] of spellings(text)) {
    if (body === text) continue;
    const request = { ...failed.request, rawBody: Buffer.from(body, 'utf8'), parsedBody: undefined };
    const fix = `The signature is right for the same body ${what}: a proxy or gateway in front of this server changes it. Make it ${RAW}.`;
    yield { ...failed, request, fix };
  }
}

function* spellings(text: string): Generator<readonly [string, string]> {
  yield [text.trimEnd(), 'without the blank space at its end'];
  yield [`${text}\n`, 'with a line break at its end'];
  const json = parse(text);
  if (json === undefined) return;
  const compact = JSON.stringify(json);
  yield [compact, 'as JSON without spaces'];
  yield [escaped(compact), 'as JSON with characters beyond ASCII escaped'];
  yield [JSON.stringify(json, undefined, 2), 'as JSON with two spaces of indentation'];
  yield [spaced(compact), 'as JSON with a space after each comma and colon'];
  yield [compact.replaceAll('/', '\\/'), 'as JSON with escaped slashes'];
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function escaped(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A space after each comma and colon that stands outside of a text. */
function spaced(json: string): string {
  return json.replace(/"(?:[^"\\]|\\.)*"|[,:]/g, (part) =>
    part === ',' || part === ':' ? `${part} ` : part,
  );
}
