import { readPublishedKeys, type KeyRequest, type PublishedKeyFound } from '@hookloom/senders';
import { PermanentError, type HttpClient, type HttpResponse } from '@hookloom/step-kit';

/** What came of asking for a key. */
export type Fetched =
  | { readonly kind: 'keys'; readonly keys: readonly PublishedKeyFound[]; readonly freshForMs: number }
  /** There is no such key: the request that named it is not genuine. */
  | { readonly kind: 'refused' }
  /** Nothing can be said now, and it is not the request's fault. */
  | { readonly kind: 'away'; readonly detail: string };

const FETCH_LIMIT_MS = 5_000;
const MOST_BYTES = 64 * 1024;
const MINUTE_MS = 60_000;
const FRESH_MS = { least: 5 * MINUTE_MS, usual: 60 * MINUTE_MS, most: 24 * 60 * MINUTE_MS };
/** Answers that another try may not get. Any other fault of one named key is the name's. */
const PASSING = new Set([408, 425, 429, 502, 503, 504]);

/** Fetches keys through the one outgoing client: no redirects, little time, few bytes. Never rejects. */
export class KeyFetcher {
  constructor(private readonly http: HttpClient) {}

  async fetch(request: KeyRequest): Promise<Fetched> {
    try {
      return read(request, await this.http.send(toHttpRequest(request)));
    } catch (error) {
      if (isNamed(request) && error instanceof PermanentError) return { kind: 'refused' };
      return { kind: 'away', detail: error instanceof Error ? error.message : 'It could not be asked.' };
    }
  }
}

function toHttpRequest({ url, body }: KeyRequest): Parameters<HttpClient['send']>[0] {
  const limits = { signal: AbortSignal.timeout(FETCH_LIMIT_MS), maxResponseBytes: MOST_BYTES };
  if (body === undefined) return { method: 'GET', url, ...limits };
  return { method: 'POST', url, body, headers: { 'content-type': 'application/json' }, ...limits };
}

/** The request itself chose which key is fetched, so what is wrong with it may be the request's doing. */
function isNamed({ rule }: KeyRequest): boolean {
  return rule.kind === 'certificate' || rule.kind === 'by-id';
}

function read(request: KeyRequest, answer: HttpResponse): Fetched {
  const { status, headers, body } = answer;
  const keys = status === 200 ? readPublishedKeys(request, new TextDecoder().decode(body)) : [];
  if (keys.length > 0) return { kind: 'keys', keys, freshForMs: freshFor(request, headers['cache-control']) };
  if (isNamed(request) && !PASSING.has(status)) return { kind: 'refused' };
  return { kind: 'away', detail: `It answered ${status}, and no key.` };
}

/** What is fetched by its own address never changes; a set says how long it holds. */
function freshFor({ rule }: KeyRequest, cacheControl = ''): number {
  if (rule.kind === 'certificate') return FRESH_MS.most;
  const seconds = /(?:^|[\s,])max-age=(\d{1,9})/i.exec(cacheControl)?.[1];
  const wished = seconds === undefined ? FRESH_MS.usual : Number(seconds) * 1_000;
  return Math.min(FRESH_MS.most, Math.max(FRESH_MS.least, wished));
}
