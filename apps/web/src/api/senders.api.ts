import { z } from 'zod';
import { get } from './http.js';

const Senders = z.object({ items: z.array(z.object({ id: z.string(), name: z.string() })) });

export const sendersApi = {
  list: (signal?: AbortSignal) => get(Senders, '/senders', { signal }),
};
