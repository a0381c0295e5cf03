import { EVENT_STATUSES, PageQuery } from '@hookloom/contracts';
import type { EventFilter } from '@hookloom/persistence';
import { z } from 'zod';
import { SearchText } from '../http/search-text.js';

/** Query of `GET /events`. */
export const EventQuery = PageQuery.extend({
  endpointId: z.guid().optional(),
  status: z.enum(EVENT_STATUSES).optional(),
  type: SearchText.optional(),
  from: z.coerce.date().optional(),
  to: z.coerce.date().optional(),
  q: SearchText.optional(),
});
export type EventQuery = z.infer<typeof EventQuery>;

export function toEventFilter({ endpointId, status, type, from, to, q }: EventQuery): EventFilter {
  return { endpointId, status, type, from, to, text: q };
}
