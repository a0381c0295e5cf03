import { LIMITS } from '@hookloom/contracts';
import {
  ConfigurationError,
  PermanentError,
  type HttpRequest,
  type Redactor,
  type StepContext,
} from '@hookloom/step-kit';
import { hostOf } from '../exchange.js';
import { call, type Answer } from './call.js';
import type { HttpConfig, Pagination } from './http.config.js';
import { withQuery } from './request.js';

/**
 * Fetches page after page and joins their items; status and headers are the last page's. Ends when there is no
 * next page, when a page is empty (counting) or at `maxPages`. Pages of another origin are refused: a login goes
 * only where the author sent it.
 */
export async function fetchPages(
  context: Pick<StepContext<HttpConfig>, 'http' | 'config'>,
  first: HttpRequest,
  redactor: Redactor,
  pagination: Pagination,
): Promise<Answer> {
  const items: unknown[] = [];
  let url: string | undefined = pageUrl(first.url, pagination, 0);
  let bytes = 0;
  for (let page = 1; ; page += 1) {
    const answer: Answer = await call(context, { ...first, url }, redactor);
    const body: unknown = JSON.parse(answer.bodyJson);
    const found = itemsOf(body, pagination, hostOf(first.url));
    items.push(...found);
    bytes += answer.bodyJson.length;
    if (bytes > LIMITS.stepOutputBytes) throw tooLarge(hostOf(first.url), page);
    const next =
      page < pagination.maxPages ? nextUrl(pagination, answer, body, found, first.url, page) : undefined;
    if (next === undefined) return { ...answer, bodyJson: JSON.stringify(items) };
    url = next;
  }
}

function nextUrl(
  pagination: Pagination,
  answer: Answer,
  body: unknown,
  found: readonly unknown[],
  firstUrl: string,
  page: number,
): string | undefined {
  if (pagination.next === 'parameter')
    return found.length === 0 ? undefined : pageUrl(firstUrl, pagination, page);
  const link =
    pagination.next === 'link-header'
      ? nextLink(answer.response.headers['link'] ?? '')
      : valueAt(body, pagination.path ?? 'next');
  if (typeof link !== 'string' || link === '') return undefined;
  const base = answer.response.url;
  const next = URL.canParse(link, base) ? new URL(link, base) : undefined;
  if (next && next.origin === new URL(firstUrl).origin) return next.href;
  throw new PermanentError(`${hostOf(firstUrl)} names a next page at another address. It was not followed.`, {
    code: 'address_not_allowed',
  });
}

function pageUrl(url: string, pagination: Pagination, page: number): string {
  if (pagination.next !== 'parameter') return url;
  return withQuery(url, { [pagination.parameter]: String(pagination.start + page) });
}

/** RFC 8288: `<url>; rel="next"`. */
function nextLink(header: string): string | undefined {
  const links = header.matchAll(/<([^>]*)>((?:[^,"]|"[^"]*")*)/g);
  for (const [, url, parameters] of links) {
    if (/;\s*rel\s*=\s*"?(?:[^"]*\s)?next(?:\s[^"]*)?"?/i.test(parameters ?? '')) return url;
  }
  return undefined;
}

function itemsOf(body: unknown, pagination: Pagination, host: string): readonly unknown[] {
  const found = pagination.items === undefined ? body : valueAt(body, pagination.items);
  if (Array.isArray(found)) return found;
  if (found === null || found === undefined) return [];
  throw new ConfigurationError(
    `A page of ${host} has no list ${pagination.items === undefined ? 'as its body' : `at “${pagination.items}”`}. Correct the path to the items.`,
    { code: 'invalid_field' },
  );
}

function valueAt(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Reflect.get(found, name);
  }
  return found;
}

function tooLarge(host: string, page: number): PermanentError {
  return new PermanentError(
    `The pages of ${host} grew over ${LIMITS.stepOutputBytes / 1024} KiB at page ${page}. Ask for fewer pages or items.`,
    { code: 'response_too_large' },
  );
}
