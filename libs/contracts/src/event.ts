import { z } from 'zod';
import { SearchText } from './problem.js';
import { KeptView } from './retention.js';
import { EVENT_STATUSES, RUN_KINDS, RUN_STATUSES, VERIFICATION_STATUSES } from './words.js';

/** What the signature check found. */
export const Verification = z
  .object({
    status: z.enum(VERIFICATION_STATUSES),
    reason: z.string().optional(),
    hint: z.string().optional().meta({ description: 'What would fix it, for a person.' }),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof Verification>;

/** One event in a list: no headers, no body. */
export const EventSummary = z
  .object({
    id: z.uuid(),
    endpointId: z.uuid(),
    status: z.enum(EVENT_STATUSES),
    reason: z.string().optional(),
    receivedAt: z.iso.datetime(),
    method: z.string(),
    type: z.string().optional(),
    dedupeKey: z.string().optional(),
    duplicateOf: z.uuid().optional(),
    deliveries: z.int().optional().meta({ description: 'How often it came, where that is more than once.' }),
    flags: z.array(z.string()).optional(),
    bodyBytes: z.int(),
    verification: Verification,
    answer: z.object({ status: z.int(), ms: z.number() }),
    runs: z.array(
      z.object({
        id: z.uuid(),
        workflowId: z.uuid(),
        kind: z.enum(RUN_KINDS),
        status: z.enum(RUN_STATUSES),
      }),
    ),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof EventSummary>;

/** One event, whole. Values of headers that carry secrets are masked. */
export const EventDetail = EventSummary.extend({
  headers: z.record(z.string(), z.string()),
  query: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
  body: z.unknown(),
  kept: KeptView.optional().meta({ description: 'No rule deletes it.' }),
  redactedBy: z
    .array(z.string())
    .optional()
    .meta({ description: 'The rules that hide a part of it. Its exact bytes are not given away.' }),
}).meta({ id: 'Event' });
export type EventDetail = z.infer<typeof EventDetail>;

/** What `GET /events/{id}` masks of an event, in clear. What rules of redaction hide stays hidden. */
export const EventSecrets = EventDetail.pick({ headers: true, query: true }).meta({ id: 'EventSecrets' });
export type EventSecrets = z.infer<typeof EventSecrets>;

/** Which events: what is left out lets all pass. `GET /events` takes the same as its query. */
export const EventFilter = z
  .object({
    endpointId: z.guid().optional(),
    status: z.enum(EVENT_STATUSES).optional(),
    type: SearchText.optional(),
    signature: z
      .enum(VERIFICATION_STATUSES)
      .optional()
      .meta({ description: 'What the signature check found.' }),
    answer: z.coerce
      .number()
      .int()
      .min(100)
      .max(599)
      .optional()
      .meta({ description: 'Status of the answer.' }),
    from: z.coerce.date().optional().meta({ description: 'Received then or later.' }),
    to: z.coerce.date().optional().meta({ description: 'Received before.' }),
    q: SearchText.optional().meta({
      description:
        'Text in the id, the duplicate key, the type, the reason, the body or a header that is not masked.',
    }),
  })
  .meta({ id: 'EventFilter' });
export type EventFilter = z.infer<typeof EventFilter>;
