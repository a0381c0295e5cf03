/** Too many unknown tokens are being looked up at once; the request may come again. */
export class LookupBusyError extends Error {
  readonly code = 'lookup_busy';
}

export interface EndpointCacheOptions<Endpoint> {
  /**
   * Reads the endpoint of a token as it is now; `earlier` is what is known of it. Rejects when the database is
   * away.
   */
  readonly find: (token: string, earlier: Endpoint | undefined) => Promise<Endpoint | undefined>;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/** What is known of a token. `isCurrent`: read less than a second ago, so that a refusal by it is fair. */
export interface CachedEndpoint<Endpoint> {
  readonly endpoint: Endpoint | undefined;
  readonly isCurrent: boolean;
}

interface Entry<Endpoint> {
  readonly endpoint: Endpoint | undefined;
  /** When the read that found it was sent: the settings are at least as new. */
  readonly readAt: number;
}

/** From this age on traffic has the entry read again in the background, so that nobody waits for it. */
const REFRESH_AFTER_MS = 400;
/** "Saved means in force, in every process within 1 s." */
const CURRENT_MS = 1_000;
/** While the database is away, known endpoints hold their requests; the accept statement compares the revision. */
const USABLE_WHILE_AWAY_MS = 30_000;
const MAX_ENTRIES = 20_000;
const MAX_UNKNOWN_READS = 64;

/**
 * Endpoints by token, never older than a second. Unknown tokens are remembered too, and only so many are looked
 * up at once, so that guessing costs the guesser and not the database.
 */
export class EndpointCache<Endpoint> {
  private readonly entries = new Map<string, Entry<Endpoint>>();
  private readonly reads = new Map<string, Promise<Endpoint | undefined>>();
  private unknownReads = 0;

  constructor(private readonly options: EndpointCacheOptions<Endpoint>) {}

  /** What is current in memory; `undefined`: ask `load`. Starts a refresh when the entry begins to age. */
  peek(token: string): CachedEndpoint<Endpoint> | undefined {
    const entry = this.entries.get(token);
    if (entry === undefined) return undefined;
    const age = this.options.now() - entry.readAt;
    if (age > CURRENT_MS) return undefined;
    if (age > REFRESH_AFTER_MS && !this.reads.has(token)) this.read(token).catch(() => undefined);
    return { endpoint: entry.endpoint, isCurrent: true };
  }

  /**
   * Reads the endpoint, together with everybody else who waits for it. While the database is away a known
   * endpoint is answered as it was last seen.
   *
   * @throws LookupBusyError, or what `find` rejects with, when nothing usable is known
   */
  async load(token: string): Promise<CachedEndpoint<Endpoint>> {
    try {
      return { endpoint: await (this.reads.get(token) ?? this.read(token)), isCurrent: true };
    } catch (error) {
      const entry = this.entries.get(token);
      if (!entry?.endpoint || this.options.now() - entry.readAt > USABLE_WHILE_AWAY_MS) throw error;
      return { endpoint: entry.endpoint, isCurrent: false };
    }
  }

  /** Reads anew after the accept statement found another revision than the one it was given. */
  async reload(token: string): Promise<CachedEndpoint<Endpoint>> {
    await this.reads.get(token)?.catch(() => undefined);
    return { endpoint: await (this.reads.get(token) ?? this.read(token)), isCurrent: true };
  }

  private async read(token: string): Promise<Endpoint | undefined> {
    const earlier = this.entries.get(token)?.endpoint;
    const isUnknown = earlier === undefined;
    if (isUnknown && this.unknownReads >= MAX_UNKNOWN_READS) {
      throw new LookupBusyError('Too many unknown trigger URLs are being looked up.');
    }
    if (isUnknown) this.unknownReads += 1;
    const readAt = this.options.now();
    const reading = this.options.find(token, earlier);
    this.reads.set(token, reading);
    try {
      const endpoint = await reading;
      this.keep(token, { endpoint, readAt });
      return endpoint;
    } finally {
      this.reads.delete(token);
      if (isUnknown) this.unknownReads -= 1;
    }
  }

  /** The newest entry goes last, so the first is the one that was not read for longest. */
  private keep(token: string, entry: Entry<Endpoint>): void {
    this.entries.delete(token);
    this.entries.set(detached(token), entry);
    if (this.entries.size <= MAX_ENTRIES) return;
    const oldest = this.entries.keys().next().value;
    if (oldest !== undefined) this.entries.delete(oldest);
  }
}

/** A part of a text keeps the whole text in memory, here a stranger's address of up to 16 KiB. Tokens are ASCII. */
function detached(token: string): string {
  return Buffer.from(token, 'latin1').toString('latin1');
}
