import { z } from 'zod';
import { HandshakeRule } from './handshake-rule.js';
import { Place } from './place.js';
import { Scheme } from './scheme.js';

/**
 * How far a scheme can be trusted to be described right: the vendor's own library agreed, independent code
 * agreed or was read, only documentation was read, or nothing but memory.
 */
export const Confidence = z.enum(['vendor', 'third-party', 'docs', 'memory']);
export type Confidence = z.infer<typeof Confidence>;

/** A field of the secret, as a form asks for it. The first is what a secret given as one text means. */
export const SecretField = z.strictObject({
  name: z.string().regex(/^[a-z][a-zA-Z0-9]*$/),
  label: z.string(),
  optional: z.boolean().optional(),
  hint: z.string().optional(),
});
export type SecretField = z.infer<typeof SecretField>;

/**
 * Where the event id is: the first alternative that is wholly there counts. A list of places is one id made
 * of all of them, since each alone repeats for different events. A path through a list gives one id for the
 * whole batch. No `from`: the sender gives no id that is safe to tell duplicates by.
 */
export const EventIdRule = z.strictObject({
  from: z
    .array(z.union([Place, z.array(Place).min(2)]))
    .min(1)
    .optional(),
  /** `event`: the same in a retry. `delivery`: new for each attempt, so it finds no duplicates. */
  scope: z.enum(['event', 'delivery']).optional(),
  note: z.string().optional(),
});
export type EventIdRule = z.infer<typeof EventIdRule>;

/** Where the event type is: the first place present, or the first top-level JSON key that is none of these. */
export const EventTypeRule = z.strictObject({
  from: z.array(Place).min(1).optional(),
  firstKeyExcept: z.array(z.string()).optional(),
  note: z.string().optional(),
});
export type EventTypeRule = z.infer<typeof EventTypeRule>;

/** What the sender must be answered where the ordinary JSON answer would not do. */
export const PresetAnswer = z.strictObject({
  status: z.int().min(200).max(299),
  contentType: z.string().optional(),
  body: z.string(),
  /** It tests with wrong signatures, and takes a refusal only without a body. */
  refusesWithoutBody: z.literal(true).optional(),
});
export type PresetAnswer = z.infer<typeof PresetAnswer>;

/** How deliveries behave, as far as known. For people; nothing is decided by it. */
export const DeliveryFacts = z.strictObject({
  contentType: z.string(),
  /** Status codes that the sender takes as received. */
  accepts: z.string(),
  timeoutSeconds: z.number().positive().nullable(),
  timeoutNote: z.string().optional(),
  retries: z.string(),
  addresses: z.string(),
  rotation: z.string().optional(),
  known: z.enum(['docs', 'secondary', 'source', 'memory', 'unknown']),
});

export const Sender = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(64),
  name: z.string(),
  category: z.string(),
  confidence: Confidence,
  /** Strongest first. */
  schemes: z.array(Scheme).min(1),
  /** One field `secret` unless given. */
  secret: z.array(SecretField).min(1).optional(),
  /** The form field that holds the JSON when the body is a form. */
  jsonField: z.string().optional(),
  handshakes: z.array(HandshakeRule).optional(),
  eventId: EventIdRule,
  eventType: EventTypeRule,
  answer: PresetAnswer.optional(),
  delivery: DeliveryFacts,
  /** Where in that product the URL is pasted. */
  setup: z.string().optional(),
  notes: z.array(z.string()).optional(),
});
/** A product that sends webhooks, as data: how it signs, its handshakes, its event id and type. */
export type Sender = z.infer<typeof Sender>;

/** Types one sender of the catalogue. The schema itself is applied to all of them by a test, not at start. */
export function defineSender(sender: Sender): Sender {
  return sender;
}

/** The fields of a sender's secret, the main one first. */
export function secretFields(sender: Sender): readonly [SecretField, ...SecretField[]] {
  const [main, ...rest] = sender.secret ?? [];
  return main ? [main, ...rest] : [{ name: 'secret', label: secretLabel(sender) }];
}

function secretLabel(sender: Sender): string {
  const kinds = new Set(sender.schemes.map((scheme) => scheme.kind));
  if (kinds.has('hmac') || kinds.has('hash') || kinds.has('jwt')) return 'Signing secret';
  if (kinds.has('asymmetric')) return 'Public key';
  return kinds.has('token') ? 'Shared token' : 'Secret';
}
