import { z } from 'zod';
import { RunChange } from './run.js';
import { EVENT_STATUSES } from './words.js';

/** A change that those who watch may want to see at once, as processes tell it to one another. */
export const LiveMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('run'), projectId: z.uuid(), change: RunChange }),
  z.object({
    kind: z.literal('event'),
    projectId: z.uuid(),
    endpointId: z.uuid(),
    eventId: z.uuid(),
    status: z.enum(EVENT_STATUSES),
  }),
  /** A run has something for the request that is held open for its event. */
  z.object({ kind: z.literal('answered'), projectId: z.uuid(), eventId: z.uuid() }),
  /** A person wants the end of a run that a worker has in hand; the row in the database says so too. */
  z.object({ kind: z.literal('cancel'), projectId: z.uuid(), runId: z.uuid() }),
  /** Somebody watches the project; said again every few seconds for as long as that is so. */
  z.object({ kind: z.literal('watch'), projectId: z.uuid() }),
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
