import { hashText } from './keys/digest.js';
import { compilePath, isObject, toText } from './request/json-path.js';
import { parsePlace, type Place } from './model/place.js';
import { placeReader, type PlaceReader } from './request/place-reader.js';
import type { RequestReader } from './request/request.js';
import type { TokenRule } from './model/scheme.js';
import type { Sender } from './model/sender.js';

/** Longer ids are replaced by their hash, longer types cut: both go into indexes. */
const MAX_LENGTH = 200;

/** What names an event and tells its kind. */
export interface EventFacts {
  readonly eventId?: string;
  readonly type?: string;
}

/** Reads the facts of one request. `headersOnly` spares the parsing of a body that nobody vouches for. */
export type EventFactsReader = (request: RequestReader, headersOnly: boolean) => EventFacts;

/** Prepares the reading of event id and type as the sender's rules say. */
export function eventFactsReader(sender: Sender): EventFactsReader {
  const readId = idReader(sender, false);
  const readType = typeReader(sender, false);
  const readIdFromHeader = idReader(sender, true);
  const readTypeFromHeader = typeReader(sender, true);
  return (request, headersOnly) => {
    const eventId = headersOnly ? readIdFromHeader(request) : readId(request);
    const type = headersOnly ? readTypeFromHeader(request) : readType(request);
    return { ...(eventId !== undefined && { eventId }), ...(type !== undefined && { type }) };
  };
}

function idReader({ eventId, schemes }: Sender, headersOnly: boolean): PlaceReader {
  const token = tokenRuleOf(schemes);
  const alternatives = (eventId.from ?? []).map((places) => [places].flat());
  const allowed = headersOnly ? alternatives.filter((places) => places.every(isHeader)) : alternatives;
  const read = firstPresent(
    allowed.map((places) => composed(places.map((place) => listReader(place, token, hashedList)))),
  );
  return (request) => bounded(read(request));
}

function composed(readers: readonly PlaceReader[]): PlaceReader {
  const [only] = readers;
  if (only && readers.length === 1) return only;
  return (request) => {
    const texts = readers.flatMap((read) => read(request) ?? []);
    return texts.length === readers.length ? texts.join(':') : undefined;
  };
}

function typeReader({ eventType, schemes }: Sender, headersOnly: boolean): PlaceReader {
  const places = eventType.from ?? [];
  const allowed = headersOnly ? places.filter(isHeader) : places;
  const read = firstPresent(
    allowed.map((place) => listReader(place, tokenRuleOf(schemes), (types) => types.join(','))),
  );
  const { firstKeyExcept } = eventType;
  return (request) => {
    const type =
      read(request) ?? (firstKeyExcept && !headersOnly ? firstKey(request.json, firstKeyExcept) : undefined);
    return type?.slice(0, MAX_LENGTH);
  };
}

function tokenRuleOf(schemes: Sender['schemes']): TokenRule | undefined {
  for (const scheme of schemes) if (scheme.kind === 'jwt') return scheme.token;
  return undefined;
}

function isHeader(place: Place): boolean {
  return parsePlace(place).kind === 'header';
}

function firstPresent(readers: readonly PlaceReader[]): PlaceReader {
  return (request) => {
    for (const read of readers) {
      const text = read(request);
      if (text !== undefined) return text;
    }
    return undefined;
  };
}

/** A path through a list finds several values: `several` makes one text of those that differ. */
function listReader(
  place: Place,
  token: TokenRule | undefined,
  several: (texts: string[]) => string,
): PlaceReader {
  const { kind, name } = parsePlace(place);
  if (kind !== 'json' || !name.includes('*')) return placeReader(place, token);
  const valuesOf = compilePath(name);
  return (request) => {
    const values = valuesOf(request.json);
    const texts = values.flatMap((value) => toText(value) || []);
    if (texts.length === 0 || texts.length < values.length) return undefined;
    const distinct = [...new Set(texts)];
    return distinct.length === 1 ? distinct[0] : several(distinct);
  };
}

/** A batch is the same batch only if it holds the same events: one lost would be worse than one twice. */
function hashedList(ids: string[]): string {
  return `batch:${hashText('sha256', [JSON.stringify(ids)], 'hex').slice(0, 32)}`;
}

function bounded(id: string | undefined): string | undefined {
  return id !== undefined && id.length > MAX_LENGTH ? `sha256:${hashText('sha256', [id], 'hex')}` : id;
}

function firstKey(json: unknown, except: readonly string[]): string | undefined {
  return isObject(json) && !Array.isArray(json)
    ? Object.keys(json).find((key) => !except.includes(key))
    : undefined;
}
