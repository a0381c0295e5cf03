import { coversUrl } from '../check/signed-check.js';
import { splitUrl } from '../request/url.js';
import type { FailedCheck, Mistake } from './mistake.js';

/** The sender signed another spelling of the URL than the public one: a proxy changed it, or it was registered so. */
export function* urlMistakes(failed: FailedCheck): Generator<Mistake> {
  const { scheme, request, sender } = failed;
  if (!('signed' in scheme) || !coversUrl(scheme)) return;
  for (const [url, what] of spellings(request)) {
    if (url === request.url) continue;
    const fix = `${sender.name} signed the URL ${what}: register exactly the URL that is shown here, and set the public URL of this server (HOOKLOOM_PUBLIC_URL) to what senders call.`;
    yield { ...failed, request: { ...request, url }, fix };
  }
}

function* spellings({ url, headers }: FailedCheck['request']): Generator<readonly [string, string]> {
  const parts = splitUrl(url);
  if (!parts) return;
  const { scheme, host, port, rest } = parts;
  const at = (protocol: string, authority: string, path = rest) => `${protocol}${authority}${path}`;
  const authority = port === '' ? host : `${host}:${port}`;
  const other = scheme === 'https://' ? 'http://' : 'https://';
  yield [at(other, authority), `with ${other} instead of ${scheme}`];
  for (const name of ['x-forwarded-host', 'host']) {
    const asked = headers[name];
    if (asked === undefined || !/^[\w.:-]{1,255}$/.test(asked)) continue;
    yield [at(scheme, asked), `at the host ${asked}`];
    yield [at(other, asked), `at ${other}${asked}`];
  }
  const [path = '', query] = rest.split('?');
  if (query !== undefined) yield [at(scheme, authority, path), 'without its query'];
  const search = query === undefined ? '' : `?${query}`;
  yield [
    at(scheme, authority, (path.endsWith('/') ? path.slice(0, -1) : `${path}/`) + search),
    path.endsWith('/') ? 'without the slash at its end' : 'with a slash at its end',
  ];
}
