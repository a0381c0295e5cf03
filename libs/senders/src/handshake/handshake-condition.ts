import type { HandshakeCondition } from '../model/handshake-rule.js';
import { compilePath } from '../request/json-path.js';
import { parsePlace, Place } from '../model/place.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';

/** Challenges are small; a larger body is never parsed before somebody vouches for it. */
const MAX_BODY_BYTES = 64 * 1024;

/** Prepares a rule's condition. */
export function conditionTest(condition: HandshakeCondition): (request: RequestReader) => boolean {
  const { method } = condition;
  const present = (condition.present ?? []).map((place) => placeReader(place));
  const equals = Object.entries(condition.equals ?? {}).map(([place, text]) => ({
    read: placeReader(Place.parse(place)),
    text,
  }));
  const list =
    condition.emptyList === undefined ? undefined : compilePath(parsePlace(condition.emptyList).name);
  return (request) => {
    if (method !== undefined && request.request.method.toUpperCase() !== method) return false;
    if (request.request.rawBody.length > MAX_BODY_BYTES) return false;
    if (!present.every((read) => read(request) !== undefined)) return false;
    if (!equals.every(({ read, text }) => read(request) === text)) return false;
    return list === undefined || isEmptyList(list(request.json)[0]);
  };
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}
