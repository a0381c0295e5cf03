import { VariableView } from './contracts.js';
import { get } from './http.js';
import { FULL_PAGE, pageOf } from './page.js';

const Variables = pageOf(VariableView);

export const variablesApi = {
  list: (signal?: AbortSignal) => get(Variables, '/variables', { query: { limit: FULL_PAGE }, signal }),
};
