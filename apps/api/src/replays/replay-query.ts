import { z } from 'zod';
import { RunBegun } from '../runs/run-query.js';

/** Body of `POST /events/{id}/replay`; none replays at every live workflow of the endpoint. */
export const ReplayRequest = z
  .object({ workflowId: z.guid().optional(), draft: z.boolean().optional() })
  .refine(({ workflowId, draft }) => !draft || workflowId !== undefined, {
    path: ['workflowId'],
    message: 'Say whose draft.',
  })
  .default({})
  .meta({ id: 'ReplayRequest' });
export type ReplayRequest = z.infer<typeof ReplayRequest>;

/** One run, or several where several workflows start from the event's endpoint. */
export const ReplayBegun = z
  .union([RunBegun, z.object({ runIds: z.array(z.guid()) })])
  .meta({ id: 'ReplayBegun' });
export type ReplayBegun = z.infer<typeof ReplayBegun>;

/** A replay of many events that was begun; `GET /replays/{id}` says how far it is. */
export const BulkReplayBegun = z.object({ replayId: z.guid() }).meta({ id: 'BulkReplayBegun' });
export type BulkReplayBegun = z.infer<typeof BulkReplayBegun>;
