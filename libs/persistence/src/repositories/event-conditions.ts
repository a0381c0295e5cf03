import type { EventFilter, ReplayFilter } from '@hookloom/contracts';
import { lowestId } from '../database/partitions.js';
import { Conditions } from './conditions.js';

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
  return where
    .addIfGiven(PART_OF_ID.test(filter.q ?? '') ? HOLDS_TEXT_OR_ID : HOLDS_TEXT, filter.q)
    .addIfGiven(`verification like '{"status":"' || ? || '"%'`, filter.signature)
    .addIfGiven('answer_status = ?', filter.answer);
}

/** Whether a filter has conditions for which each event must be read. */
export function looksWithinRows({ q, signature, answer }: EventChoice): boolean {
  return q !== undefined || signature !== undefined || answer !== undefined;
}

/**
 * A text in what an event carries, as it is written there: comparing without case would take many times as long.
 * Not in headers: whoever may search could guess a secret there letter by letter.
 */
const HOLDS_TEXT = `(position(convert_to(?, 'UTF8') in body) > 0 or strpos(type, ?) > 0
    or strpos(dedupe_key, ?) > 0 or strpos(reason, ?) > 0)`;
/** Ids are written out only for what could be a part of one. */
const HOLDS_TEXT_OR_ID = HOLDS_TEXT.replace('(', '(strpos(id::text, ?) > 0 or ');
const PART_OF_ID = /^[0-9a-f-]{4,36}$/;
