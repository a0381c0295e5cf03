import { z } from 'zod';
import { Place } from './place.js';

const common = {
  /** Where it is published, for a person: completes "a key that it publishes (…)". */
  words: z.string(),
  /** Fields of the secret without which the key would prove too little, or could not be asked for. */
  needs: z.array(z.string()).min(1).optional(),
};

const CertificateByUrl = z.strictObject({
  kind: z.literal('certificate'),
  ...common,
  /** Where the request names the certificate. It counts only on a host and path that match these patterns. */
  urlIn: Place,
  host: z.string(),
  path: z.string(),
  /**
   * Part `at` of this field of the secret, cut at colons, must be a label of the host: else whoever writes the
   * URL could name a host of the sender's that cannot be reached from here.
   */
  hostLabel: z.strictObject({ field: z.string(), at: z.int() }).optional(),
});
export type CertificateByUrl = z.infer<typeof CertificateByUrl>;

const KeyById = z.strictObject({
  kind: z.literal('by-id'),
  ...common,
  /** Asked by POST; `{environment}` is the secret's field of that name, or the first of `environments`. */
  url: z.string(),
  environments: z.array(z.string()).min(1),
  /** Members of the JSON that is sent: fields of the secret, and the name that the key's id goes under. */
  send: z.record(z.string(), z.string()),
  idAs: z.string(),
  /** The JSON path of the key (RFC 7517) in the answer. */
  at: z.string(),
});
export type KeyById = z.infer<typeof KeyById>;

/** A key that the sender makes public, and how to come by it: over https, from hosts that stand here. */
export const PublishedKey = z.discriminatedUnion('kind', [
  CertificateByUrl,
  /** A JSON web key set (RFC 7517). */
  z.strictObject({ kind: z.literal('key-set'), ...common, url: z.url() }),
  /** One PEM at a path of a JSON document. */
  z.strictObject({ kind: z.literal('document'), ...common, url: z.url(), at: z.string() }),
  KeyById,
  /** Printed in the sender's documentation, and so here; nothing is fetched. */
  z.strictObject({ kind: z.literal('printed'), ...common, pem: z.string() }),
]);
export type PublishedKey = z.infer<typeof PublishedKey>;
/** One that must be fetched. */
export type RemoteKey = Exclude<PublishedKey, { kind: 'printed' }>;
