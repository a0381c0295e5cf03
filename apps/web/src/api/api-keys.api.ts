import { ApiKeyView } from './contracts.js';
import { z } from 'zod';
import { get, post, remove } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const ApiKeys = pageOf(ApiKeyView);
const NewApiKey = z.object({ id: z.uuid(), key: z.string() });

export const apiKeysApi = {
  list: (signal?: AbortSignal) => get(ApiKeys, '/api-keys', { query: { limit: FULL_PAGE }, signal }),
  /** The key itself is answered this once and never again. */
  create: (name: string) => post(NewApiKey, '/api-keys', { name }),
  revoke: (id: string) => remove(`/api-keys/${id}`),
};
