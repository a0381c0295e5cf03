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
]);
export type LiveMessage = z.infer<typeof LiveMessage>;
