import { ConfigurationError, type HttpRequest, type StepContext } from '@hookloom/step-kit';
import type { NameValues } from '../fields.js';
import { authorizationOf } from './authorization.js';
import type { HttpConfig } from './http.config.js';
import { encodeBody } from './request-body.js';

/** The request that a step's config describes, and the texts that must not be shown with it. */
export async function buildRequest(
  context: Pick<StepContext<HttpConfig>, 'config' | 'connection' | 'files' | 'idempotencyKey' | 'signal'>,
): Promise<{ request: HttpRequest; secrets: readonly string[] }> {
  const { config, connection, files, idempotencyKey, signal } = context;
  const body = await encodeBody(config, idempotencyKey, files);
  const authorization = connection && authorizationOf(connection);
  const reads = config.method === 'GET' || config.method === 'HEAD';
  const headers = new Map<string, string | readonly string[]>([
    ...(body ? [['content-type', body.contentType] as const] : []),
    ...(reads ? [] : [['idempotency-key', idempotencyKey] as const]),
    ...lowerCased(config.headers ?? {}),
    ...(authorization?.header ? [authorization.header] : []),
  ]);
  const request: HttpRequest = {
    method: config.method,
    url: withQuery(config.url, config.query ?? {}),
    headers: Object.fromEntries(headers),
    followRedirects: config.followRedirects,
    signal,
    ...(body ? { body: body.content } : {}),
    ...(body?.shown === undefined ? {} : { bodyShown: body.shown }),
    ...(authorization?.header ? { secretHeaders: [authorization.header[0]] } : {}),
  };
  return { request, secrets: authorization?.secrets ?? [] };
}

/** Two spellings of one name are one header. */
function lowerCased(given: NameValues): [string, string | readonly string[]][] {
  return Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]);
}

/** The author's URL stays as written; what is added is percent-encoded. */
export function withQuery(url: string, query: NameValues): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  if (!URL.canParse(url)) {
    throw new ConfigurationError('The URL cannot be read. Write it as https://host/path.', {
      code: 'invalid_url',
    });
  }
  if (pairs.length === 0) return url;
  const target = new URL(url);
  const added = new URLSearchParams(pairs).toString().replaceAll('+', '%20');
  target.search = target.search === '' ? added : `${target.search}&${added}`;
  return target.href;
}
