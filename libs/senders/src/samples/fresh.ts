import { parsePlace, type Place } from '../model/place.js';
import type { Sender } from '../model/sender.js';
import type { Sample } from './sample.js';

type Json = Extract<Sample, { json: unknown }>['json'];

/**
 * The same delivery under an event id of its own: sent twice, a sample is two events and no duplicate. Only the
 * places where the sender's event id stands are written, with values of the same shape.
 *
 * @param random numbers from 0 up to 1, as `Math.random` gives them
 * @param original what the sample was before a person edited it: an id of that person's choice stays
 */
export function withFreshId(
  sample: Sample,
  sender: Sender,
  random: () => number,
  original: Sample = sample,
): Sample {
  const drawn = new Map<string, string>();
  renewIds(original, sender, (id) => {
    drawn.set(id, renewed(id, random));
    return id;
  });
  return renewIds(sample, sender, (id) => drawn.get(id) ?? id);
}

function renewIds(sample: Sample, sender: Sender, renew: (text: string) => string): Sample {
  let fresh = sample;
  const types = new Set(sender.eventType.from);
  for (const places of sender.eventId.from ?? []) {
    const place = [places].flat().find((each) => !types.has(each));
    if (place !== undefined) fresh = renewAt(fresh, place, renew);
  }
  return fresh;
}

function renewAt(sample: Sample, place: Place, renew: (text: string) => string): Sample {
  const { kind, name } = parsePlace(place);
  if (kind === 'header' && sample.headers?.[name] !== undefined) {
    return { ...sample, headers: { ...sample.headers, [name]: renew(sample.headers[name]) } };
  }
  if (kind === 'form' && 'form' in sample && sample.form[name] !== undefined) {
    return { ...sample, form: { ...sample.form, [name]: renew(sample.form[name]) } };
  }
  if (kind === 'json' && 'json' in sample) {
    return { ...sample, json: renewIn(sample.json, name.split('.'), renew) };
  }
  return sample;
}

function renewIn(value: Json, path: readonly string[], renew: (text: string) => string): Json {
  const [segment, ...rest] = path;
  if (segment === undefined) {
    if (typeof value === 'string') return renew(value);
    return typeof value === 'number' ? Number(renew(String(value))) : value;
  }
  if (Array.isArray(value)) {
    return value.map((item, index) =>
      segment === '*' || Number(segment) === index ? renewIn(item, rest, renew) : item,
    );
  }
  if (typeof value !== 'object' || value === null) return value;
  const member = value[segment];
  return member === undefined ? value : { ...value, [segment]: renewIn(member, rest, renew) };
}

const DIGITS = '0123456789';
const HEX = `${DIGITS}abcdef`;
const LOWER = 'abcdefghijklmnopqrstuvwxyz';

/** Another text of the same shape: what stands before the last `_` names the kind of id and stays. */
function renewed(text: string, random: () => number): string {
  const start = text.lastIndexOf('_') + 1;
  const rest = text.slice(start);
  const isHex = /^[0-9a-f-]+$/.test(rest);
  const drawn = [...rest].map((letter, index) => {
    const letters = lettersFor(letter, isHex, index === 0);
    return letters[Math.floor(random() * letters.length)] ?? letter;
  });
  return text.slice(0, start) + drawn.join('');
}

function lettersFor(letter: string, isHex: boolean, isFirst: boolean): string {
  if (isHex && letter !== '-' && !/^\d$/.test(letter)) return HEX.slice(10);
  if (/\d/.test(letter)) return isFirst ? DIGITS.slice(1) : DIGITS;
  if (/[a-z]/.test(letter)) return LOWER;
  return /[A-Z]/.test(letter) ? LOWER.toUpperCase() : '';
}
