import { createHash } from 'node:crypto';
import type { AccessTokens, HttpClient, OpenConnection } from '@hookloom/step-kit';
import { requestToken, toOAuth2Client, type OAuth2Client } from './token-request.js';

const MAX_KEPT = 1_000;
const FETCH_LIMIT_MS = 15_000;
/** Of a token whose provider does not say how long it lives; a 401 ends it sooner. */
const UNTOLD_LIFE_SECONDS = 300;
const LONGEST_LIFE_SECONDS = 86_400;
/** A token is not given for the last minute of its life, nor for the last fifth of a short one. */
const SPARE_MS = 60_000;

interface Kept {
  readonly token: Promise<string>;
  /** Set once it is there. */
  value?: string;
  /** Milliseconds of `performance.now()`; as long as it is asked for, never. */
  until: number;
}

/**
 * Tokens of this process, in memory only. Who needs one at the same time shares one request; a connection whose data
 * changed is another one, and its old token is given to nobody.
 */
export class KeptTokens implements AccessTokens {
  private readonly kept = new Map<string, Kept>();

  constructor(private readonly http: HttpClient) {}

  async get(connection: OpenConnection, signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const client = toOAuth2Client(connection.data);
    const name = nameOf(client);
    const known = this.kept.get(name);
    const usable = known && known.until > performance.now() ? known : this.fetch(name, client);
    return unlessAborted(usable.token, signal);
  }

  drop(connection: OpenConnection, token: string): void {
    const name = nameOf(toOAuth2Client(connection.data));
    if (this.kept.get(name)?.value === token) this.kept.delete(name);
  }

  /** Goes on where the one who asked first gives up: others may wait for it. */
  private fetch(name: string, client: OAuth2Client): Kept {
    const asked = requestToken(this.http, client, AbortSignal.timeout(FETCH_LIMIT_MS));
    const kept: Kept = { token: asked.then(({ token }) => token), until: Infinity };
    this.kept.delete(name);
    this.kept.set(name, kept);
    asked.then(
      ({ token, lifeSeconds }) => {
        kept.value = token;
        kept.until = performance.now() + usableMs(lifeSeconds);
      },
      () => {
        if (this.kept.get(name) === kept) this.kept.delete(name);
      },
    );
    this.forgetOldest();
    return kept;
  }

  private forgetOldest(): void {
    if (this.kept.size <= MAX_KEPT) return;
    const oldest = this.kept.keys().next();
    if (!oldest.done) this.kept.delete(oldest.value);
  }
}

function usableMs(lifeSeconds = UNTOLD_LIFE_SECONDS): number {
  const lifeMs = Math.min(lifeSeconds, LONGEST_LIFE_SECONDS) * 1_000;
  return lifeMs - Math.min(SPARE_MS, lifeMs / 5);
}

/** What asks for the same token with the same login; hashed, so that no key of the map is a secret. */
function nameOf(client: OAuth2Client): string {
  return createHash('sha256').update(JSON.stringify(client)).digest('base64url');
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(signal.reason);
    signal.addEventListener('abort', giveUp, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', giveUp));
  });
}
