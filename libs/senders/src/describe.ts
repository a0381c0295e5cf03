import { z } from 'zod';
import { placeInWords, type Place } from './model/place.js';
import type { Scheme } from './model/scheme.js';
import {
  Confidence,
  DeliveryFacts,
  PresetAnswer,
  SecretField,
  secretFields,
  type Sender,
} from './model/sender.js';
import { SENDERS } from './catalogue/senders.js';
import { coversUrl } from './check/signed-check.js';
import { samplesOf } from './samples/index.js';
import { toUnsigned, type Sample } from './samples/sample.js';

const SchemeView = z.object({
  id: z.string(),
  kind: z.enum(['hmac', 'hash', 'asymmetric', 'jwt', 'token', 'basic', 'none']),
  /** What is checked and where it stands, for a person. */
  summary: z.string(),
  legacy: z.boolean(),
  /** The public URL is part of what is signed. */
  coversUrl: z.boolean(),
  /** A changed body is found out. */
  coversBody: z.boolean(),
  /** Seconds that the signed time may be off; absent where no time is checked. */
  toleranceSeconds: z.number().optional(),
  /** The key is published by the sender and must be fetched. */
  needsPublishedKey: z.boolean(),
});
type SchemeView = z.infer<typeof SchemeView>;

/** One sender as `GET /senders` shows it. */
export const SenderView = z
  .object({
    id: z.string(),
    name: z.string(),
    category: z.string(),
    confidence: Confidence,
    confidenceNote: z.string(),
    schemes: z.array(SchemeView),
    secretFields: z.array(SecretField),
    handshakes: z.array(z.string()),
    /** Alternatives; each in words. Empty: nothing is a duplicate unless the endpoint names a key. */
    eventId: z.object({ from: z.array(z.string()), note: z.string().optional() }),
    eventType: z.object({ from: z.array(z.string()), note: z.string().optional() }),
    answer: PresetAnswer.optional(),
    delivery: DeliveryFacts,
    setup: z.string(),
    notes: z.array(z.string()),
    /** Sample events, the usual one first; their bodies are in the sender's own answer. */
    samples: z.array(z.object({ name: z.string() })),
  })
  .meta({ id: 'Sender' });
export type SenderView = z.infer<typeof SenderView>;

const SampleView = z
  .object({
    name: z.string(),
    /** Beside those that signing adds. */
    headers: z.record(z.string(), z.string()),
    /** JSON as it is; any other kind of body as the text that is sent. */
    body: z.unknown(),
  })
  .meta({ id: 'SenderSample' });

/** One sender as `GET /senders/{id}` shows it: with its sample events whole. */
export const SenderDetail = SenderView.extend({ samples: z.array(SampleView) }).meta({ id: 'SenderDetail' });
export type SenderDetail = z.infer<typeof SenderDetail>;

const CONFIDENCE_NOTES: Record<Confidence, string> = {
  vendor: "Agrees with the vendor's own library or published examples.",
  'third-party': 'Agrees with independent code; not confirmed with the vendor.',
  docs: "Written after the vendor's documentation; not confirmed with its code.",
  memory: 'Not confirmed with the vendor: try it with a real delivery before relying on it.',
};

/** All senders as data for people and forms, generic ones first. */
export function describeSenders(): SenderView[] {
  return [...SENDERS.values()].map(describe);
}

/** One sender with its samples, or `undefined` if there is none of this id. */
export function describeSender(id: string): SenderDetail | undefined {
  const sender = SENDERS.get(id);
  return sender && { ...describe(sender), samples: samplesOf(id).map(describeSample) };
}

function describeSample(sample: Sample): SenderDetail['samples'][number] {
  const { headers, body } = toUnsigned(sample);
  return { name: sample.name, headers: { ...headers }, body: 'json' in sample ? sample.json : body };
}

function describe(sender: Sender): SenderView {
  const { eventId, eventType } = sender;
  return {
    id: sender.id,
    name: sender.name,
    category: sender.category,
    confidence: sender.confidence,
    confidenceNote: CONFIDENCE_NOTES[sender.confidence],
    schemes: sender.schemes.map(describeScheme),
    secretFields: sender.schemes.every(({ kind }) => kind === 'none') ? [] : [...secretFields(sender)],
    handshakes: [...new Set((sender.handshakes ?? []).map(({ kind }) => kind))],
    eventId: {
      from: (eventId.from ?? []).map((places) => inWords([places].flat()).join(' + ')),
      ...note(eventId.note),
    },
    eventType: { from: inWords(eventType.from), ...note(eventType.note) },
    ...(sender.answer && { answer: sender.answer }),
    delivery: sender.delivery,
    setup:
      sender.setup ??
      `Paste the endpoint's URL into the webhook settings of ${sender.name}, and store here the secret that it shows.`,
    notes: sender.notes ?? [],
    samples: samplesOf(sender.id).map(({ name }) => ({ name })),
  };
}

function inWords(places: readonly Place[] = []): string[] {
  return places.map(placeInWords);
}

function note(text: string | undefined): { note?: string } {
  return text === undefined ? {} : { note: text };
}

function describeScheme(scheme: Scheme): SchemeView {
  const tolerance = 'timestamp' in scheme ? scheme.timestamp?.toleranceSeconds : undefined;
  return {
    id: scheme.id,
    kind: scheme.kind,
    summary: summaryOf(scheme),
    legacy: scheme.legacy ?? false,
    coversUrl:
      'signed' in scheme
        ? coversUrl(scheme)
        : 'hashClaims' in scheme && scheme.hashClaims?.some(({ of }) => of !== 'body') === true,
    coversBody: coversBody(scheme),
    ...(typeof tolerance === 'number' && { toleranceSeconds: tolerance }),
    needsPublishedKey: 'key' in scheme && scheme.key.published !== undefined,
  };
}

/** True if a changed body breaks the check. */
export function coversBody(scheme: Scheme): boolean {
  if (scheme.kind === 'jwt') return scheme.hashClaims?.some(({ of }) => of === 'body') === true;
  if (!('signed' in scheme)) return false;
  if (scheme.bodyHash) return true;
  return (
    'canonical' in scheme.signed ||
    [scheme.signed.template].flat().some((text) => /\{(body|p|sha256hex\(body\)|crc32\(body\))\}/.test(text))
  );
}

function summaryOf(scheme: Scheme): string {
  switch (scheme.kind) {
    case 'hmac':
      return `HMAC-${scheme.algorithm.toUpperCase()} in ${placeInWords(scheme.signature.in)}`;
    case 'hash':
      return `${scheme.algorithm.toUpperCase()} with the secret in it, in ${placeInWords(scheme.signature.in)}`;
    case 'asymmetric':
      return `${scheme.algorithm} signature in ${placeInWords(scheme.signature.in)}`;
    case 'jwt':
      return `JSON web token (${scheme.algorithms.join(', ')}) in ${placeInWords(scheme.token.in)}`;
    case 'token':
      return `Shared token in clear in ${placeInWords(scheme.token.in)}`;
    case 'basic':
      return 'HTTP Basic user and password';
    case 'none':
      return 'No check is offered';
  }
}
