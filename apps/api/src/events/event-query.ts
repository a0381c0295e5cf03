import { EventFilter, EventWhere, PageQuery } from '@hookloom/contracts';
import { z } from 'zod';

/** Query of `GET /events`. */
export const EventQuery = PageQuery.extend(EventFilter.shape).extend({ where: EventWhere.optional() });
export type EventQuery = z.infer<typeof EventQuery>;

/** Answer of `GET /events/count`. */
export const EventCount = z.object({ count: z.int() }).meta({ id: 'EventCount' });
export type EventCount = z.infer<typeof EventCount>;
