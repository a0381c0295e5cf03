import { seed, type Seeded } from '../../../tools/demo/seed.mjs';
import { ApiClient } from '../../support/api-client.js';
import { stage } from './browser-test.js';

let seeding: Promise<Seeded> | undefined;

/** Fills the shared product with something on every screen: once for all files that look at them all. */
export function seeded(): Promise<Seeded> {
  seeding ??= begin();
  return seeding;
}

function begin(): Promise<Seeded> {
  const api = new ApiClient(stage.url, stage.apiKey);
  return seed((method, path, body) => api.do(method, path, body), {
    base: stage.url,
    outside: stage.outside,
  });
}
