import { LIMITS } from '@hookloom/contracts/limits';
import { parseContentType } from './content-type.js';
import { readable, unreadable, type BodyReading } from './reading.js';
import { decodeText, toUtf8 } from './text.js';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;

/**
 * Whether brackets nest deeper than LIMITS.jsonDepth. Looks at bytes only, since parsing and printing recurse
 * and a few kilobytes of `[` overflow the stack.
 */
export function isTooDeep(bytes: Uint8Array, limit: number = LIMITS.jsonDepth): boolean {
  let depth = 0;
  let isInString = false;
  const { length } = bytes;
  for (let at = 0; at < length; at += 1) {
    const byte = bytes[at];
    if (byte === QUOTE) isInString = !isInString;
    else if (isInString) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      depth += 1;
      if (depth > limit) return true;
    } else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth -= 1;
  }
  return false;
}

/** Reads JSON; nothing at all reads as null. Depth is checked before anything is parsed. */
export function readJson(received: Uint8Array, charset?: string): BodyReading {
  if (received.length === 0) return readable(null);
  const bytes = toUtf8(received, charset);
  if (isTooDeep(bytes)) {
    return unreadable(
      'json_depth',
      `The body is JSON nested deeper than ${LIMITS.jsonDepth} levels, which is refused to protect the server. Send a flatter document.`,
    );
  }
  try {
    return readable(JSON.parse(decodeText(bytes)));
  } catch (error) {
    const message = `The body is not valid JSON${whereOf(error)}. Send valid JSON, or the right Content-Type.`;
    return unreadable('json', message);
  }
}

/** V8 quotes the text around the fault; only the position may leave this room. */
function whereOf(error: unknown): string {
  const position = error instanceof SyntaxError ? /position (\d+)/.exec(error.message)?.[1] : undefined;
  return position === undefined ? '' : ` (the fault is at character ${Number(position) + 1})`;
}

/** Whether a JSON body can be accepted: depth, then syntax. Cheap enough to do while the sender waits. */
export function checkJson(
  bytes: Uint8Array,
  contentType?: string,
): { readonly ok: true } | Extract<BodyReading, { ok: false }> {
  const reading = readJson(bytes, parseContentType(contentType).parameters.get('charset'));
  return reading.ok ? { ok: true } : reading;
}
