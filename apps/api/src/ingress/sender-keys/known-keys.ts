import type { KeyRequest, PublishedKeyFound } from '@hookloom/senders';
import { FetchBudget } from './fetch-budget.js';
import type { Fetched, KeyFetcher } from './key-fetcher.js';

/** `busy`: more was asked for than is fetched in a minute, so nothing can be said yet. */
export type KeyAnswer =
  | { readonly kind: 'keys'; readonly keys: readonly PublishedKeyFound[] }
  | { readonly kind: 'refused' }
  | { readonly kind: 'away' }
  | { readonly kind: 'busy' };

export interface KnownKeysParts {
  readonly fetcher: Pick<KeyFetcher, 'fetch'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Hears of key servers that could not be asked; once for each failure that is remembered. */
  readonly onAway: (host: string, detail: string) => void;
  /** How long a request waits for a key, while the fetch itself goes on; 1.5 s unless told. */
  readonly patienceMs?: number;
}

interface Known {
  readonly keys: readonly PublishedKeyFound[];
  readonly fetchedAt: number;
  readonly freshUntil: number;
}

const PATIENCE_MS = 1_500;
const MOST_KNOWN = 500;
const FETCHES_PER_MINUTE = 60;
/** A set is looked at again for a key it does not hold, but not for every request that invents one. */
const LEAST_AGE_MS = 60_000;
/** Keys outlive their freshness for so long while their server is away. */
const STALE_MS = 24 * 60 * 60_000;
const REMEMBER_MS = { refused: 60_000, away: 10_000 };

/** Published keys in memory: each fetched once for all who ask, kept for a while, and its absence too. */
export class KnownKeys {
  private readonly known = new Map<string, Known>();
  private readonly failed = new Map<string, { readonly kind: 'refused' | 'away'; readonly until: number }>();
  private readonly underway = new Map<string, Promise<KeyAnswer>>();
  private readonly budget: FetchBudget;

  constructor(private readonly parts: KnownKeysParts) {
    this.budget = new FetchBudget(FETCHES_PER_MINUTE, parts.now);
  }

  /** The keys at hand, or those that can be had in the time that a request may wait. */
  find(request: KeyRequest): Promise<KeyAnswer> {
    const known = this.known.get(request.id);
    const isFresh = known !== undefined && this.parts.now() < known.freshUntil;
    return isFresh ? Promise.resolve({ kind: 'keys', keys: known.keys }) : this.fetch(request);
  }

  /** Keys that are newer than those that did not do; `undefined` if these were fetched only just now. */
  async findNewer(request: KeyRequest): Promise<KeyAnswer | undefined> {
    const known = this.known.get(request.id);
    if (known && this.parts.now() - known.fetchedAt < LEAST_AGE_MS) return undefined;
    return this.fetch(request);
  }

  private async fetch(request: KeyRequest): Promise<KeyAnswer> {
    const { id } = request;
    const failed = this.failed.get(id);
    if (failed && this.parts.now() < failed.until) return this.orStale(id, { kind: failed.kind });
    const fetching = this.underway.get(id) ?? this.start(request);
    if (!fetching) return this.orStale(id, { kind: 'busy' });
    return this.orStale(
      id,
      (await within(fetching, this.parts.patienceMs ?? PATIENCE_MS)) ?? { kind: 'away' },
    );
  }

  /** Old keys are better than none while their server is away. */
  private orStale(id: string, answer: KeyAnswer): KeyAnswer {
    const known = this.known.get(id);
    const isUsable = known !== undefined && this.parts.now() < known.freshUntil + STALE_MS;
    const isLacking = answer.kind === 'away' || answer.kind === 'busy';
    return isLacking && isUsable ? { kind: 'keys', keys: known.keys } : answer;
  }

  private start(request: KeyRequest): Promise<KeyAnswer> | undefined {
    if (!this.budget.take(request.rule)) return undefined;
    const fetching = this.parts.fetcher
      .fetch(request)
      .then((fetched) => this.keep(request, fetched))
      .finally(() => this.underway.delete(request.id));
    this.underway.set(request.id, fetching);
    return fetching;
  }

  private keep({ id, url }: KeyRequest, fetched: Fetched): KeyAnswer {
    const now = this.parts.now();
    if (fetched.kind === 'keys') {
      this.failed.delete(id);
      remember(this.known, id, {
        keys: fetched.keys,
        fetchedAt: now,
        freshUntil: now + fetched.freshForMs,
      });
      return fetched;
    }
    if (fetched.kind === 'away') this.parts.onAway(new URL(url).host, fetched.detail);
    remember(this.failed, id, { kind: fetched.kind, until: now + REMEMBER_MS[fetched.kind] });
    return { kind: fetched.kind };
  }
}

/** Keeps what was set last; the oldest gives way. */
function remember<Value>(map: Map<string, Value>, id: string, value: Value): void {
  map.delete(id);
  map.set(id, value);
  const [oldest] = map.keys();
  if (map.size > MOST_KNOWN && oldest !== undefined) map.delete(oldest);
}

/** `undefined` if it takes longer; it goes on all the same. */
async function within<Value>(promise: Promise<Value>, ms: number): Promise<Value | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
