import { hashText } from '../keys/digest.js';
import type { RequestReader } from '../request/request.js';
import { pathOf } from '../request/url.js';

/**
 * Atlassian's query string hash: SHA-256 in hex of `METHOD&path&sorted query` without the token itself.
 * Names and values are percent-encoded (RFC 3986); repeated values are sorted and joined by commas.
 */
export function requestLineHash(request: RequestReader): string {
  const { method, url } = request.request;
  const [path = '/'] = pathOf(url).split('?');
  const trimmed = path.length > 1 ? path.replace(/\/$/, '') : path;
  const pairs = [...request.query]
    .filter(([name]) => name !== 'jwt')
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  const query = pairs
    .map(([name, values]) => `${encode(name)}=${values.toSorted().map(encode).join(',')}`)
    .join('&');
  return hashText('sha256', [`${method.toUpperCase()}&${trimmed.replaceAll('&', '%26')}&${query}`], 'hex');
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
