import { jsonTexts, placeReader } from '../request/place-reader.js';
import { parsePlace, type Place } from '../model/place.js';
import type { RequestReader } from '../request/request.js';
import type { SignatureRule } from '../model/scheme.js';

/** More are not looked at: DocuSign, the greediest, sends up to 100. */
const MAX_CANDIDATES = 100;

/** What stood where the signatures stand. */
export interface SignatureItems {
  /** Signatures to try, without prefix; as sent otherwise. */
  readonly candidates: readonly string[];
  /** True if anything at all stood there. */
  readonly present: boolean;
  /** `t` of `t=…,v1=…`, or the item at an index; from the first place only. */
  part(keyOrIndex: string): string | undefined;
}

/** Prepares the reading of signatures; see `SignatureRule` for the order of things. */
export function signatureItems(rule: SignatureRule): (request: RequestReader) => SignatureItems {
  const readTexts = textsReader(rule);
  const toCandidate = candidateReader(rule);
  return (request) => {
    const texts = readTexts(request);
    let first: readonly string[] | undefined;
    const candidates: string[] = [];
    for (const text of texts) {
      const items = splitItems(text, rule.separator);
      first ??= items;
      for (const item of rule.skip === undefined ? items : items.slice(rule.skip)) {
        const candidate = toCandidate(item);
        if (candidate !== undefined && candidates.length < MAX_CANDIDATES) candidates.push(candidate);
      }
    }
    return { candidates, present: texts.length > 0, part: (name) => partOf(first ?? [], rule.pair, name) };
  };
}

function textsReader(rule: SignatureRule): (request: RequestReader) => readonly string[] {
  const [main, ...others] = [rule.in, ...(rule.alsoIn ?? [])].map(textsAt);
  const pattern = rule.headerPattern === undefined ? undefined : new RegExp(rule.headerPattern);
  if (!main) return () => [];
  if (pattern) return (request) => headersMatching(request, pattern);
  if (others.length === 0) return main;
  return (request) => [main, ...others].flatMap((read) => read(request));
}

function textsAt(place: Place): (request: RequestReader) => string[] {
  const { kind, name } = parsePlace(place);
  if (kind === 'json') {
    const read = jsonTexts(name);
    return (request) => read(request).filter((text) => text !== '');
  }
  const read = placeReader(place);
  return (request) => {
    const text = read(request);
    return text === undefined ? [] : [text];
  };
}

function headersMatching(request: RequestReader, pattern: RegExp): string[] {
  const names = Object.keys(request.request.headers).filter((name) => pattern.test(name));
  return names.flatMap((name) => request.header(name) ?? []);
}

function splitItems(text: string, separator: SignatureRule['separator']): string[] {
  if (separator === undefined) return [text];
  return text
    .split(separator.trim() || ' ')
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** The signature of an item, or `undefined` if the item is none. */
function candidateReader({ pair, key, prefix }: SignatureRule): (item: string) => string | undefined {
  return (item) => {
    const value = pair === undefined ? item : valueOf(item, pair, key);
    if (value === undefined || prefix === undefined) return value;
    return value.slice(0, prefix.length).toLowerCase() === prefix.toLowerCase()
      ? value.slice(prefix.length)
      : undefined;
  };
}

function valueOf(item: string, pair: string, key: string | undefined): string | undefined {
  const at = item.indexOf(pair);
  if (at < 0 || (key !== undefined && item.slice(0, at) !== key)) return undefined;
  return item.slice(at + pair.length);
}

function partOf(items: readonly string[], pair: string | undefined, name: string): string | undefined {
  if (/^\d+$/.test(name)) return items[Number(name)];
  for (const item of items) {
    const value = valueOf(item, pair ?? '=', name);
    if (value !== undefined) return value;
  }
  return undefined;
}
