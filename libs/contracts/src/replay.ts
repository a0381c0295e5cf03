import { z } from 'zod';
import { EventFilter } from './event.js';

/** Which events are replayed. A misspelt name is refused: ignored, it would let every event pass. */
export const ReplayFilter = EventFilter.extend({
  ids: z.array(z.guid()).min(1).max(1_000).optional().meta({ description: 'Only these events.' }),
})
  .strict()
  .meta({ id: 'ReplayFilter' });
export type ReplayFilter = z.infer<typeof ReplayFilter>;

/** Body of `POST /events/replay`. */
export const BulkReplayRequest = z
  .object({
    filter: ReplayFilter,
    workflowId: z.guid().optional(),
    draft: z.boolean().optional(),
    perSecond: z
      .int()
      .min(1)
      .max(1_000)
      .default(100)
      .meta({ description: 'Events replayed a second at most.' }),
  })
  .refine(({ workflowId, draft }) => !draft || workflowId !== undefined, {
    path: ['workflowId'],
    message: 'Say whose draft.',
  })
  .meta({ id: 'BulkReplayRequest' });
export type BulkReplayRequest = z.infer<typeof BulkReplayRequest>;

export const REPLAY_STATUSES = ['running', 'done', 'cancelled'] as const;

/** A replay of many events: how far it is. `done + failed + left` is `total`. */
export const ReplayView = z
  .object({
    id: z.guid(),
    status: z.enum(REPLAY_STATUSES),
    workflowId: z.guid().optional(),
    draft: z.boolean(),
    perSecond: z.int(),
    total: z.int().meta({ description: 'Events that the filter found when it began.' }),
    done: z.int().meta({ description: 'Events that started runs.' }),
    failed: z.int().meta({ description: 'Events that nothing could be started from; the items say why.' }),
    left: z.int(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Replay' });
export type ReplayView = z.infer<typeof ReplayView>;

/** What came of one event of a replay: its new runs, or why there are none. */
export const ReplayItemView = z
  .object({
    eventId: z.guid(),
    runIds: z.array(z.guid()),
    reason: z.string().optional(),
  })
  .meta({ id: 'ReplayItem' });
export type ReplayItemView = z.infer<typeof ReplayItemView>;
