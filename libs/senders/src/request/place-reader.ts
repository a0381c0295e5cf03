import { compilePath, isObject, toText } from './json-path.js';
import { decodeJwtPart } from './jwt-parts.js';
import { parsePlace, type Place } from '../model/place.js';
import type { RequestReader } from './request.js';
import type { TokenRule } from '../model/scheme.js';

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
      return (request) => single(request.query.get(name));
    case 'form':
      return (request) => single(request.form.get(name));
    case 'json': {
      const read = jsonTexts(name);
      return (request) => read(request)[0] || undefined;
    }
    case 'jwt':
      return token ? claimReader(tokenReader(token), name) : ABSENT;
    case 'signature':
    case 'secret':
      return ABSENT;
  }
}

/** A field that comes twice has no one value: which of them was signed, and which will be used? */
function single(values: readonly string[] | undefined): string | undefined {
  return values?.length === 1 ? values[0] || undefined : undefined;
}

/** Prepares the reading of all texts at a JSON path; see `compilePath` and `toText`. */
export function jsonTexts(path: string): (request: RequestReader) => string[] {
  const valuesOf = compilePath(path);
  return (request) => {
    const texts: string[] = [];
    for (const value of valuesOf(request.json)) {
      const text = toText(value);
      if (text !== undefined) texts.push(text);
    }
    return texts;
  };
}

/** The token without its prefix; `undefined` if the prefix is required and missing. */
export function tokenReader(rule: TokenRule): PlaceReader {
  const read = placeReader(rule.in);
  const { prefix } = rule;
  if (prefix === undefined) return read;
  return (request) => {
    const text = read(request);
    if (text === undefined) return undefined;
    if (text.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()) {
      return text.slice(prefix.length).trim();
    }
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
