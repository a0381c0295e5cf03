const HIDDEN = '[hidden]';

/** Shorter texts would be found everywhere and hide what people need to read. */
const MIN_SECRET_LENGTH = 8;

/** Replaces known secrets by `[hidden]`, whatever they are wrapped in. */
export interface Redactor {
  /** For texts of any kind but JSON, where a secret of digits alone may stand as a number. */
  text(text: string): string;
  /** For JSON texts: what comes out is JSON still. Costs next to nothing where there is no secret inside. */
  json(json: string): string;
  /** For JSON values: keys and texts at any depth. The value given is not changed. */
  value(value: unknown): unknown;
}

const NOTHING_TO_HIDE: Redactor = { text: (text) => text, json: (json) => json, value: (value) => value };

/**
 * Hides secrets by value: as they are, escaped as in JSON, URL-encoded, and in base64 at any offset (so that
 * a password inside `Basic …` is found). Secrets of fewer than 8 characters are left alone (reliability rule 45).
 */
export function createRedactor(secrets: Iterable<string>): Redactor {
  const forms = new Set([...secrets].filter((secret) => secret.length >= MIN_SECRET_LENGTH).flatMap(formsOf));
  if (forms.size === 0) return NOTHING_TO_HIDE;
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  const pattern = new RegExp(longestFirst.map(escapeForPattern).join('|'), 'g');
  const text = (input: string): string => input.replace(pattern, HIDDEN);
  const value = (input: unknown): unknown => redactValue(input, text);
  const json = (input: string): string =>
    text(input) === input ? input : JSON.stringify(value(JSON.parse(input)));
  return { text, json, value };
}

function redactValue(value: unknown, text: (input: string) => string): unknown {
  if (typeof value === 'string') return text(value);
  if (typeof value === 'number') return text(String(value)) === String(value) ? value : HIDDEN;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [text(key), redactValue(item, text)]));
}

function formsOf(secret: string): string[] {
  const inJson = JSON.stringify(secret).slice(1, -1);
  const encoded = encodeUrl(secret);
  return [
    secret,
    inJson,
    inJson.replaceAll('/', String.raw`\/`),
    encoded,
    encoded.replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    encoded.replaceAll('%20', '+'),
    Buffer.from(secret, 'utf8').toString('base64'),
    ...base64Forms(secret),
  ];
}

function encodeUrl(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  return encodeURIComponent(wellFormed).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Base64 at the three offsets a text can have inside a longer one, without the characters that neighbours share. */
function base64Forms(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [0, 1, 2].flatMap((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const sharedAtStart = [0, 2, 3][offset] ?? 0;
    const sharedAtEnd = (offset + bytes.length) % 3 === 0 ? 0 : 1;
    const inner = shifted.slice(sharedAtStart, shifted.length - sharedAtEnd);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
