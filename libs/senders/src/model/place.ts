import { z } from 'zod';

const PlaceKind = z.enum(['header', 'query', 'json', 'form', 'signature', 'secret', 'jwt']);
export type PlaceKind = z.infer<typeof PlaceKind>;

/**
 * Where a value stands, as one short text: `header:x-github-event`, `query:crc_token`, `form:bt_payload`.
 *
 * - `json:a.0.b` is a path into the JSON body; `*` stands for every element of a list.
 * - `signature:t` is a part of the signature's own header (`t=…,v1=…`); `signature:0` counts instead.
 * - `secret:field` is a field of the stored secret, `jwt:jti` a claim of the sender's token.
 * - `header:{field}`: the header's name is a field of the secret, where the sender lets people choose it.
 */
export const Place = z.templateLiteral([PlaceKind, ':', z.string().min(1)]);
export type Place = z.infer<typeof Place>;

/** Splits `kind:name`. A place of the catalogue is always well formed, so this cannot fail there. */
export function parsePlace(place: Place): { kind: PlaceKind; name: string } {
  const colon = place.indexOf(':');
  return { kind: PlaceKind.parse(place.slice(0, colon)), name: place.slice(colon + 1) };
}

/** The place as a person says it: `header x-github-event`, `JSON field signature.token`. */
export function placeInWords(place: Place): string {
  const { kind, name } = parsePlace(place);
  const words: Record<PlaceKind, string> = {
    header: 'header',
    query: 'query parameter',
    json: 'JSON field',
    form: 'form field',
    signature: 'signature part',
    secret: 'secret field',
    jwt: 'token claim',
  };
  return `${words[kind]} ${name}`;
}
