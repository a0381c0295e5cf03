import { PermanentError } from '@hookloom/step-kit';
import { withoutSecrets } from './request-headers.js';
import { parseTarget } from './target.js';
import type { Received, Transfer } from './transfer.js';

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** The request that a redirect asks for; `undefined` when the answer is none. Rules of RFC 9110, 15.4. */
export function toNextHop(
  hop: Transfer,
  answer: Received,
  secretHeaders: readonly string[],
): Transfer | undefined {
  const location = answer.headers['location'];
  if (!REDIRECTS.has(answer.status) || location === undefined || !URL.canParse(location, hop.url.href))
    return undefined;
  const url = parseTarget(new URL(location, hop.url).href);
  if (hop.url.protocol === 'https:' && url.protocol === 'http:') {
    throw new PermanentError(`${hop.url.host} redirects from https to http. That was not followed.`, {
      code: 'insecure_redirect',
      status: answer.status,
    });
  }
  const headers = isSameHost(hop.url, url) ? hop.headers : withoutSecrets(hop.headers, secretHeaders);
  return becomesGet(answer.status, hop.method)
    ? { ...hop, url, method: 'GET', body: null, headers: withoutContent(headers) }
    : { ...hop, url, headers };
}

/** The same origin, or the same host moving up from http to https. */
function isSameHost(from: URL, to: URL): boolean {
  const movesUp = from.protocol === 'http:' && to.protocol === 'https:' && from.port === '' && to.port === '';
  return from.origin === to.origin || (movesUp && from.hostname === to.hostname);
}

function becomesGet(status: number, method: string): boolean {
  if (status === 303) return method !== 'GET' && method !== 'HEAD';
  return (status === 301 || status === 302) && method === 'POST';
}

function withoutContent(headers: Transfer['headers']): Transfer['headers'] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith('content-')));
}
