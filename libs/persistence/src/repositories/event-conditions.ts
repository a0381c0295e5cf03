import type { EventFilter, ReplayFilter } from '@hookloom/contracts';
import { lowestId } from '../database/partitions.js';
import { Conditions } from './conditions.js';
import { addText } from './event-text.js';

/** Which events: by what a list filters, or by name. */
export type EventChoice = EventFilter | ReplayFilter;

/** All conditions of a filter. The project comes first. */
export function eventConditions(projectId: string, filter: EventChoice): Conditions {
  return withinRows(indexedConditions(projectId, filter), filter);
}

/** The conditions that an index answers. */
export function indexedConditions(projectId: string, filter: EventChoice): Conditions {
  return new Conditions()
    .add('project_id = ?', projectId)
    .addIfGiven('endpoint_id = ?', filter.endpointId)
    .addIfGiven('status = ?', filter.status)
    .addIfGiven('type = ?', filter.type)
    .addIfGiven('id >= ?', filter.from && lowestId(filter.from.getTime()))
    .addIfGiven('id < ?', filter.to && lowestId(filter.to.getTime()))
    .addIfGiven('id = any(?::uuid[])', 'ids' in filter ? filter.ids : undefined);
}

/** Adds the conditions for which each event must be read. */
export function withinRows(where: Conditions, filter: EventChoice): Conditions {
  return (filter.q === undefined ? where : addText(where, filter.q))
    .addIfGiven(`verification like '{"status":"' || ? || '"%'`, filter.signature)
    .addIfGiven('answer_status = ?', filter.answer);
}

/** Whether a filter has conditions for which each event must be read. */
export function looksWithinRows({ q, signature, answer }: EventChoice): boolean {
  return q !== undefined || signature !== undefined || answer !== undefined;
}
