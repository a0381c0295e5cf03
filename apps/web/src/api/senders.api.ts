import { z } from 'zod';
import { get } from './http.js';

const SecretField = z.object({
  name: z.string(),
  label: z.string(),
  optional: z.boolean().optional(),
  hint: z.string().optional(),
});
export type SecretField = z.infer<typeof SecretField>;

const SenderScheme = z.object({
  id: z.string(),
  kind: z.string(),
  summary: z.string(),
  toleranceSeconds: z.number().optional(),
  needsPublishedKey: z.boolean(),
});

const Sender = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string(),
  confidence: z.enum(['vendor', 'third-party', 'docs', 'memory']),
  confidenceNote: z.string(),
  schemes: z.array(SenderScheme),
  secretFields: z.array(SecretField),
  eventId: z.object({ from: z.array(z.string()), note: z.string().optional() }),
  setup: z.string(),
  samples: z.array(z.object({ name: z.string() })),
});
/** A product that sends webhooks, as far as the screens show it. */
export type Sender = z.infer<typeof Sender>;

const SenderDetail = Sender.extend({
  samples: z.array(
    z.object({ name: z.string(), headers: z.record(z.string(), z.string()), body: z.unknown() }),
  ),
});
export type SenderDetail = z.infer<typeof SenderDetail>;
export type SenderSample = SenderDetail['samples'][number];

const Senders = z.object({ items: z.array(Sender) });

export const sendersApi = {
  list: (signal?: AbortSignal) => get(Senders, '/senders', { signal }),
  get: (id: string, signal?: AbortSignal) => get(SenderDetail, `/senders/${id}`, { signal }),
};
