import type { EventFilter, ReplayFilter } from '@hookloom/contracts';
import { lowestId } from '../database/partitions.js';
import { Conditions } from './conditions.js';

/** Which events: by what a list filters, or by name. */
export type EventChoice = EventFilter | ReplayFilter;

/** A filter's conditions, those on the text too. The project comes first. */
export function eventConditions(projectId: string, filter: EventChoice): Conditions {
  const where = conditionsBesidesText(projectId, filter);
  if (filter.q === undefined) return where;
  return where.add(textCondition('?'), filter.q);
}

/** The conditions that an index answers. */
export function conditionsBesidesText(projectId: string, filter: EventChoice): Conditions {
  return new Conditions()
    .add('project_id = ?', projectId)
    .addIfGiven('endpoint_id = ?', filter.endpointId)
    .addIfGiven('status = ?', filter.status)
    .addIfGiven('type = ?', filter.type)
    .addIfGiven('id >= ?', filter.from && lowestId(filter.from.getTime()))
    .addIfGiven('id < ?', filter.to && lowestId(filter.to.getTime()))
    .addIfGiven('id = any(?::uuid[])', 'ids' in filter ? filter.ids : undefined);
}

/**
 * A text in what an event carries, as it is written there: comparing without case would take many times as long.
 * The body comes first, since that is where most texts are found.
 *
 * @param plain parameter with the text
 */
export function textCondition(plain: string): string {
  return `(position(convert_to(${plain}, 'UTF8') in body) > 0 or strpos(headers, ${plain}) > 0
    or strpos(concat_ws(' ', id, type, dedupe_key, reason), ${plain}) > 0)`;
}
