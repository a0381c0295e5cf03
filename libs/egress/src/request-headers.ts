import { ConfigurationError } from '@hookloom/step-kit';

/** Set by the client itself; a request that could set them could smuggle a second one (reliability rule 39). */
const NOT_SETTABLE = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
/** RFC 9110, 5.5, without the obsolete bytes that only Latin-1 readers understand alike. */
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

const SECRET_NAME = /auth|cookie|token|secret|api-?key|password|credential|signature|session/;

/**
 * Checks an author's headers and writes their names in lower case.
 *
 * @throws ConfigurationError for a name or value that HTTP does not allow, or a header that nobody may set
 */
export function checkHeaders(
  given: Readonly<Record<string, string | readonly string[]>>,
): Record<string, string | string[]> {
  const headers: [string, string | string[]][] = [];
  for (const [name, value] of Object.entries(given)) {
    const lower = name.toLowerCase();
    if (!NAME.test(name))
      throw invalid(`“${name.slice(0, 60)}” is no header name. Use letters, digits and hyphens.`);
    if (NOT_SETTABLE.has(lower) || lower.startsWith('proxy-')) {
      throw invalid(`The header ${name} is set by Hookloom itself. Remove it from the step.`);
    }
    for (const one of [value].flat()) {
      if (!VALUE.test(one))
        throw invalid(`The value of the header ${name} holds a character that HTTP does not allow there.`);
    }
    headers.push([lower, typeof value === 'string' ? value : [...value]]);
  }
  return Object.fromEntries(headers);
}

/** What stays when a redirect leaves the host: nothing that proves who we are, nor our idempotency key. */
export function withoutSecrets(
  headers: Record<string, string | string[]>,
  secretHeaders: readonly string[],
): Record<string, string | string[]> {
  const secret = new Set(secretHeaders.map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(
    ([name]) => name !== 'idempotency-key' && !secret.has(name) && !SECRET_NAME.test(name),
  );
  return Object.fromEntries(kept);
}

function invalid(sentence: string): ConfigurationError {
  return new ConfigurationError(sentence, { code: 'invalid_header' });
}
