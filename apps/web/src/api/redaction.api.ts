import { RedactionRuleView } from './contracts.js';
import { get, post, remove } from './http.js';
import { pageOf } from './page.js';

const Rules = pageOf(RedactionRuleView);

export const redactionApi = {
  list: (signal?: AbortSignal) => get(Rules, '/redaction-rules', { signal }),
  create: (pattern: string) => post(RedactionRuleView, '/redaction-rules', { pattern }),
  remove: (id: string) => remove(`/redaction-rules/${id}`),
};
