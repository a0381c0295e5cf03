import { LIMITS } from '@hookloom/contracts';
import { ProblemError } from '@hookloom/server-kit';
import type { FastifyInstance } from 'fastify';

/** Body of an API call, in bytes; trigger URLs have limits of their own. */
export const MAX_API_BODY_BYTES = 4 * 1024 * 1024;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** JSON only, so that no form of another site can send a body; an empty one counts as none. */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    /^application\/(?:[\w.-]+\+)?json(?:;|$)/,
    { parseAs: 'buffer', bodyLimit: MAX_API_BODY_BYTES },
    (_request, body, done) => {
      try {
        done(null, readJson(typeof body === 'string' ? Buffer.from(body) : body));
      } catch (error) {
        done(error instanceof Error ? error : new Error('The body cannot be read.'));
      }
    },
  );
}

/** @throws ProblemError 400 for a body that is no JSON, or nested deeper than LIMITS.jsonDepth */
export function readJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  if (isTooDeep(bytes)) throw unreadable(`It is nested deeper than ${LIMITS.jsonDepth} levels.`);
  try {
    return JSON.parse(bytes.toString('utf8'), dropPrototype);
  } catch (error) {
    throw unreadable(error instanceof SyntaxError ? `It is no valid JSON: ${error.message}.` : '');
  }
}

/** `__proto__` as a key would become an ordinary property here and a prototype in the first careless copy. */
function dropPrototype(key: string, value: unknown): unknown {
  return key === '__proto__' ? undefined : value;
}

/** Looked at before parsing, since what parses at any depth overflows the stack when it is written again. */
function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at += 1;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === 0x7b || byte === 0x5b) {
      depth += 1;
      if (depth > LIMITS.jsonDepth) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth -= 1;
  }
  return false;
}

function unreadable(reason: string): ProblemError {
  return new ProblemError(400, 'Unreadable body', `The body cannot be read. ${reason}`.trim());
}
