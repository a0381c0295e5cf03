/** A `Content-Type` taken apart: names in lower case, values as sent. */
export interface ContentType {
  /** `type/subtype`, empty when there is none. */
  readonly essence: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const PARAMETER = /;\s*([^\s;=]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;"]*))/gy;

/** Reads a `Content-Type` leniently (RFC 9110, 8.3); what cannot be read is left out. Never throws. */
export function parseContentType(header: string | undefined): ContentType {
  const text = header ?? '';
  const end = text.indexOf(';');
  const essence = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  return { essence, parameters: end < 0 ? new Map() : parseParameters(text.slice(end)) };
}

/** Reads `; name=value; other="value"`, the form that `Content-Type` and `Content-Disposition` share. */
export function parseParameters(text: string): ReadonlyMap<string, string> {
  const parameters = new Map<string, string>();
  PARAMETER.lastIndex = 0;
  for (let match = PARAMETER.exec(text); match; match = PARAMETER.exec(text)) {
    const [, name = '', quoted, plain = ''] = match;
    const value = quoted === undefined ? plain.trim() : quoted.replace(/\\(["\\])/g, '$1');
    if (!parameters.has(name.toLowerCase())) parameters.set(name.toLowerCase(), value);
  }
  return parameters;
}

/** How a body with a declared type is read; without one see `readBody`. */
export type BodyKind = 'json' | 'form' | 'xml' | 'multipart' | 'text' | 'binary';

const TEXT_TYPES = new Set([
  'application/x-ndjson',
  'application/jsonl',
  'application/graphql',
  'application/javascript',
  'application/yaml',
  'application/x-yaml',
  'application/jwt',
  'application/jose',
]);
const JSON_TYPES = new Set(['application/json', 'text/json', 'application/x-json', 'application/csp-report']);

/** By type alone; structured suffixes (`+json`, `+xml`) count, but pictures are never read as XML. */
export function kindOfType(essence: string): BodyKind {
  if (JSON_TYPES.has(essence) || essence.endsWith('+json')) return 'json';
  if (essence === 'application/x-www-form-urlencoded') return 'form';
  if (essence === 'multipart/form-data') return 'multipart';
  if (essence === 'application/xml' || essence === 'text/xml') return 'xml';
  if (essence.endsWith('+xml') && !essence.startsWith('image/')) return 'xml';
  return essence.startsWith('text/') || TEXT_TYPES.has(essence) ? 'text' : 'binary';
}
