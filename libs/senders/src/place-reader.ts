import { isObject, toText } from './json-path.js';
import { decodeJwtPart } from './jwt-parts.js';
import { parsePlace, type Place } from './place.js';
import type { RequestReader } from './request.js';
import type { TokenRule } from './scheme.js';

/** Reads one text of a request; empty is absent. Of a path that finds several values, the first. */
export type PlaceReader = (request: RequestReader) => string | undefined;

const ABSENT: PlaceReader = () => undefined;

/**
 * Prepares the reading of a place of the request itself.
 *
 * @param token where the sender's token stands, for `jwt:` places; its claims are read without a check, so
 * use them only beside one
 */
export function placeReader(place: Place, token?: TokenRule): PlaceReader {
  const { kind, name } = parsePlace(place);
  switch (kind) {
    case 'header':
      return (request) => request.header(name);
    case 'query':
      return (request) => request.query.get(name)?.[0] || undefined;
    case 'form':
      return (request) => request.form.get(name)?.[0] || undefined;
    case 'json':
      return (request) => request.textsAt(name)[0] || undefined;
    case 'jwt':
      return token ? claimReader(tokenReader(token), name) : ABSENT;
    case 'signature':
    case 'secret':
      return ABSENT;
  }
}

/** The token without its prefix; `undefined` if the prefix is required and missing. */
export function tokenReader(rule: TokenRule): PlaceReader {
  const read = placeReader(rule.in);
  const { prefix } = rule;
  if (prefix === undefined) return read;
  return (request) => {
    const text = read(request);
    if (text === undefined) return undefined;
    if (text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase())
      return text.slice(prefix.length).trim();
    return rule.prefixOptional ? text : undefined;
  };
}

function claimReader(readToken: PlaceReader, claim: string): PlaceReader {
  return (request) => {
    const payload = decodeJwtPart(readToken(request)?.split('.')[1] ?? '');
    return isObject(payload) && Object.hasOwn(payload, claim)
      ? toText(Reflect.get(payload, claim))
      : undefined;
  };
}
