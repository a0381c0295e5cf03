import { z } from 'zod';
import { Place } from './place.js';
import { DigestAlgorithm, Encoding, KeyRule } from './scheme.js';

/** When a rule applies; every condition given must hold. */
export const HandshakeCondition = z.strictObject({
  method: z.enum(['GET', 'HEAD', 'OPTIONS', 'POST']).optional(),
  /** Must be there and not empty. */
  present: z.array(Place).min(1).optional(),
  /** Must equal this text; numbers and booleans of JSON as text. */
  equals: z.record(Place, z.string()).optional(),
  /** A JSON list that must be there and empty. */
  emptyList: Place.optional(),
});
export type HandshakeCondition = z.infer<typeof HandshakeCondition>;

/** A piece of a reply: a value of the request as it is, or its HMAC under the stored key. */
export const ReplyValue = z.strictObject({
  of: Place,
  hmac: z.strictObject({ algorithm: DigestAlgorithm, encoding: Encoding, key: KeyRule }).optional(),
  /** Put in front; `{field}` is a field of the secret. */
  prefix: z.string().optional(),
});
export type ReplyValue = z.infer<typeof ReplyValue>;

/** What is answered: nothing, one text as `text/plain`, a JSON object of texts, or fixed JSON. */
export const HandshakeAnswer = z.strictObject({
  status: z.int().min(200).max(299),
  text: ReplyValue.optional(),
  json: z.record(z.string(), ReplyValue).optional(),
  fixedJson: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  headers: z.record(z.string(), ReplyValue).optional(),
});
export type HandshakeAnswer = z.infer<typeof HandshakeAnswer>;

/** What must be done beside the answer; the caller does it, this room only says so. */
export const HandshakeEffectRule = z.union([
  /** Keep the value as the endpoint's secret. Answered only while none is stored: it arrives unsigned. */
  z.strictObject({ storeSecret: Place }),
  /** Fetch the URL to confirm; https only, and its host must match. */
  z.strictObject({ fetch: Place, host: z.string() }),
]);
export type HandshakeEffectRule = z.infer<typeof HandshakeEffectRule>;

/** A challenge, verification or ping of a sender and its answer. */
export const HandshakeRule = z.strictObject({
  kind: z.enum([
    'echo-query',
    'echo-json',
    'echo-header',
    'hmac-query',
    'hmac-json',
    'respond-json',
    'respond-fixed',
    'store-secret',
    'confirm-get',
    'method-check',
    'code-check',
    'ping',
  ]),
  when: HandshakeCondition,
  /** Answered only if the signature holds, once a secret is stored. */
  signed: z.literal(true).optional(),
  /** The value must equal this field of the secret, if the secret has it; else `otherwise` is the status. */
  check: z
    .strictObject({ of: Place, field: z.string(), otherwise: z.int(), required: z.boolean().optional() })
    .optional(),
  answer: HandshakeAnswer,
  effect: HandshakeEffectRule.optional(),
  note: z.string().optional(),
});
export type HandshakeRule = z.infer<typeof HandshakeRule>;
