import { KeptView, RetentionPreview, RetentionView, StorageView, type RetentionRule } from './contracts.js';
import { get, put, remove } from './http.js';

/** What a rule can delete and a person can keep. */
export type Keepable = 'events' | 'runs';

export const retentionApi = {
  storage: (signal?: AbortSignal) => get(StorageView, '/storage', { signal }),
  rule: (signal?: AbortSignal) => get(RetentionView, '/retention', { signal }),
  preview: (rule: RetentionRule, signal?: AbortSignal) =>
    get(RetentionPreview, '/retention/preview', { query: { ...rule }, signal }),
  setRule: (rule: RetentionRule) => put(RetentionView, '/retention', rule),
  keep: (kind: Keepable, id: string) => put(KeptView, `/${kind}/${id}/keep`, {}),
  release: (kind: Keepable, id: string) => remove(`/${kind}/${id}/keep`),
};
