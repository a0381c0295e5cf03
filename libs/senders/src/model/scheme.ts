import { z } from 'zod';
import { Place } from './place.js';
import { PublishedKey } from './published-key.js';

export const Encoding = z.enum(['hex', 'base64', 'base64url']);
export type Encoding = z.infer<typeof Encoding>;

/** Digests that catalogued senders use. MD5 and SHA-1 only ever stand inside an HMAC or because a vendor knows no better. */
export const DigestAlgorithm = z.enum(['md5', 'sha1', 'sha256', 'sha384', 'sha512']);
export type DigestAlgorithm = z.infer<typeof DigestAlgorithm>;

/** Canonical forms that no template can express; each is one pure function of `canonical.ts`. */
export const CanonicalForm = z.enum([
  'urlPlusSortedForm',
  'urlPlusSortedFormAll',
  'snsFields',
  'adyenItem',
  'hubspotV3',
  'contentfulCanonical',
  'plivoV3',
  'hygraphJson',
  'easypost',
  'phpSerializedForm',
]);
export type CanonicalForm = z.infer<typeof CanonicalForm>;

/**
 * Where the signatures of a request stand. All of them are tried: a rotation sends several.
 *
 * Reading order: every header or field of `in` and `alsoIn`, or of `headerPattern` instead; cut at `separator`; the first
 * `skip` items dropped; of `key``pair``value` items those with the right `key` kept (all, without a key);
 * `prefix` (in any case of letters) required and removed.
 */
export const SignatureRule = z.strictObject({
  in: Place,
  alsoIn: z.array(Place).optional(),
  /** A regular expression over header names in lower case; `in` is one of them, and where signing writes. */
  headerPattern: z.string().optional(),
  /** As the sender writes it; blanks around items are always let be. */
  separator: z.enum([',', ', ', ' ', ';', '&']).optional(),
  skip: z.int().min(1).optional(),
  /** What stands between key and value of an item. */
  pair: z.enum(['=', ',', '|', '/SHA256/']).optional(),
  key: z.string().optional(),
  /** The secret field that names the key when signing; any key is accepted. */
  keyField: z.string().optional(),
  prefix: z.string().optional(),
  /** The sender writes the signature before the parts that stand beside it. */
  leads: z.literal(true).optional(),
  encoding: Encoding,
});
export type SignatureRule = z.infer<typeof SignatureRule>;

/** The signed text: a template (several: each is tried) or a named canonical form. */
export const SignedText = z.union([
  z.strictObject({ template: z.union([z.string(), z.array(z.string()).min(2)]) }),
  z.strictObject({ canonical: CanonicalForm }),
]);
export type SignedText = z.infer<typeof SignedText>;

/** How the stored text becomes a key. */
export const KeyRule = z.strictObject({
  decode: z.enum(['utf8', 'hex', 'base64', 'sha1', 'ed25519-hex', 'ed25519-base64', 'spki-base64', 'pem']),
  /** Removed from the front if it is there. */
  stripPrefix: z.string().optional(),
  /** A field of the secret; the sender's first field without it. */
  field: z.string().optional(),
  /** Several fields put together: `{clientId}&{clientSecret}`. A secret that is one text is used as it is. */
  join: z.string().optional(),
  suffix: z.string().optional(),
  normalize: z.enum(['NFKD']).optional(),
  /** The key is public, and this is how to come by it where the secret does not hold it. */
  published: PublishedKey.optional(),
});
export type KeyRule = z.infer<typeof KeyRule>;

export const TimeUnit = z.enum(['s', 'ms', 'iso', 'http-date', 'any']);
export type TimeUnit = z.infer<typeof TimeUnit>;

/** The signed time. It is checked in both directions against the arrival clock. */
export const TimestampRule = z.strictObject({
  var: z.string(),
  unit: TimeUnit,
  /** `null`: the sender's own library does not look at the age, and neither do we. */
  toleranceSeconds: z.number().positive().nullable(),
  /** True where the vendor names no limit and we chose one. */
  chosen: z.boolean().optional(),
  /** Absent is fine; present and wrong is not. */
  optional: z.boolean().optional(),
});
export type TimestampRule = z.infer<typeof TimestampRule>;

/** A hash of the body that is carried elsewhere, under the signature. */
export const BodyHashRule = z.strictObject({ in: Place, algorithm: DigestAlgorithm, encoding: Encoding });

const common = {
  /** Unique within the sender; what an endpoint's `scheme` names. */
  id: z.string().regex(/^[A-Za-z0-9-]{1,64}$/),
  /** Tried only if the request carries none of the sender's better signatures. */
  legacy: z.boolean().optional(),
  /** The scheme is meant only for requests where this place holds this text. */
  when: z.strictObject({ place: Place, equals: z.string() }).optional(),
};

const signed = {
  ...common,
  signature: SignatureRule,
  signed: SignedText,
  /** Names that templates and canonical forms use; of several places the first present counts. */
  vars: z.record(z.string(), z.union([Place, z.array(Place).min(2)])).optional(),
  key: KeyRule,
  timestamp: TimestampRule.optional(),
  bodyHash: BodyHashRule.optional(),
  /** Signed values that must equal a field of the secret, where the secret has it: the sender signs for many. */
  bound: z.array(z.strictObject({ place: Place, field: z.string() })).optional(),
};

/** `hash`: a plain digest with the secret inside the signed text. */
export const MacScheme = z.strictObject({
  kind: z.enum(['hmac', 'hash']),
  algorithm: DigestAlgorithm,
  ...signed,
});
export type MacScheme = z.infer<typeof MacScheme>;

export const AsymmetricScheme = z.strictObject({
  kind: z.literal('asymmetric'),
  /** ECDSA signatures are DER. */
  algorithm: z.enum(['ed25519', 'ecdsa-sha256', 'rsa-sha256', 'rsa-sha1']),
  ...signed,
});
export type AsymmetricScheme = z.infer<typeof AsymmetricScheme>;

export const TokenRule = z.strictObject({
  in: Place,
  prefix: z.string().optional(),
  prefixOptional: z.boolean().optional(),
});
export type TokenRule = z.infer<typeof TokenRule>;

export const JwtAlgorithm = z.enum(['HS256', 'HS384', 'HS512', 'RS256', 'ES256']);
export type JwtAlgorithm = z.infer<typeof JwtAlgorithm>;

/** What a claim must be: one of some texts, `true`, a field of the secret, or the request's URL. */
export const ClaimRule = z.union([
  z.strictObject({ oneOf: z.array(z.string()).min(1) }),
  z.strictObject({ isTrue: z.literal(true) }),
  /** `optional`: not looked at while the secret has no such field. */
  z.strictObject({ field: z.string(), optional: z.boolean().optional() }),
  z.strictObject({ url: z.literal(true) }),
]);
export type ClaimRule = z.infer<typeof ClaimRule>;

export const JwtScheme = z.strictObject({
  kind: z.literal('jwt'),
  ...common,
  token: TokenRule,
  /** The only ones accepted, all of one family: the token's own `alg` never chooses the kind of key. */
  algorithms: z.array(JwtAlgorithm).min(1),
  key: KeyRule,
  claims: z.record(z.string(), ClaimRule).optional(),
  /** Claims that bind the body, the URL or the whole request line. Only an empty body may go without. */
  hashClaims: z
    .array(
      z.strictObject({
        of: z.enum(['body', 'url', 'request']),
        claim: z.string(),
        algorithm: DigestAlgorithm,
        encoding: Encoding,
      }),
    )
    .optional(),
  clockSkewSeconds: z.number().min(0).optional(),
  maxAgeSeconds: z.number().positive().optional(),
});
export type JwtScheme = z.infer<typeof JwtScheme>;

/** A shared secret sent in clear. A place with `*` must hold it everywhere. */
export const TokenScheme = z.strictObject({ kind: z.literal('token'), ...common, token: TokenRule });
export type TokenScheme = z.infer<typeof TokenScheme>;

/** HTTP Basic; secret fields `user` and `password`, or the text `user:password`. */
export const BasicScheme = z.strictObject({ kind: z.literal('basic'), ...common });
export type BasicScheme = z.infer<typeof BasicScheme>;

/** The sender offers no check. Beside other schemes it counts only when the endpoint chose it by name. */
export const NoScheme = z.strictObject({ kind: z.literal('none'), ...common });

export const Scheme = z.discriminatedUnion('kind', [
  MacScheme,
  AsymmetricScheme,
  JwtScheme,
  TokenScheme,
  BasicScheme,
  NoScheme,
]);
/** One way in which a sender proves itself. */
export type Scheme = z.infer<typeof Scheme>;
/** A scheme whose signature stands beside the body: all but tokens. */
export type SignedScheme = MacScheme | AsymmetricScheme;
