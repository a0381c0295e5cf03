import type { HttpClient } from '@hookloom/step-kit';
import { KeyFetcher } from './key-fetcher.js';
import { KnownKeys } from './known-keys.js';
import { FetchedSenderKeys, type SenderKeys } from './sender-keys.js';

/** Puts the parts together. @param onAway hears of key servers that could not be asked */
export function createSenderKeys(
  http: HttpClient,
  onAway: (host: string, detail: string) => void,
): SenderKeys {
  return new FetchedSenderKeys(
    new KnownKeys({ fetcher: new KeyFetcher(http), now: () => Date.now(), onAway }),
  );
}
