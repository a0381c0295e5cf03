import type { HmacRule } from '@hookloom/contracts';
import { failure, type Failure } from '../check/failure.js';
import type { MacScheme } from '../model/scheme.js';
import { defineSender } from '../model/sender.js';
import { unknownNames } from '../check/template.js';

/** Seconds that a signed time of the generic HMAC check may be off, as with most senders. */
const GENERIC_TOLERANCE_SECONDS = 300;

const delivery = {
  contentType: 'any',
  accepts: '2xx',
  timeoutSeconds: null,
  retries: 'as that sender does',
  addresses: 'as that sender does',
  known: 'unknown',
} as const;

/** No sender chosen: anybody who knows the URL may post. */
export const anySender = defineSender({
  id: 'any',
  name: 'Any sender',
  category: 'generic',
  confidence: 'vendor',
  schemes: [{ kind: 'none', id: 'none' }],
  eventId: { note: 'No event id: choose a duplicate key on the endpoint.' },
  eventType: {},
  delivery,
  setup: 'Paste the URL wherever requests come from. Nothing is checked.',
});

/** A sender that signs with an HMAC that the endpoint describes itself. */
export const hmacSender = defineSender({
  id: 'hmac',
  name: 'Any sender with an HMAC signature',
  category: 'generic',
  confidence: 'vendor',
  schemes: [hmacScheme({ header: 'x-signature', algorithm: 'sha256', encoding: 'hex' })],
  eventId: { note: 'No event id: choose a duplicate key on the endpoint.' },
  eventType: {},
  delivery,
  setup: 'Say in which header the signature comes and what it covers, then paste the URL and the secret.',
});

/** The scheme that an endpoint's `verify` rule describes. */
export function hmacScheme(rule: HmacRule): MacScheme {
  const timestamp = rule.timestampHeader?.toLowerCase();
  return {
    kind: 'hmac',
    id: 'default',
    algorithm: rule.algorithm,
    signature: {
      in: `header:${rule.header.toLowerCase()}`,
      encoding: rule.encoding,
      ...(rule.prefix !== undefined && { prefix: rule.prefix }),
    },
    signed: { template: rule.template ?? '{body}' },
    key: { decode: 'utf8' },
    ...(timestamp !== undefined && {
      vars: { timestamp: `header:${timestamp}` },
      timestamp: { var: 'timestamp', unit: 'any', toleranceSeconds: GENERIC_TOLERANCE_SECONDS },
    }),
  };
}

/** Says what is wrong with a rule beyond its shape: a rule that cannot be followed lets nothing through. */
export function checkHmacRule(rule: HmacRule | undefined): Failure | undefined {
  if (!rule) {
    return failure(
      'malformed_rule',
      'The endpoint does not say how its sender signs: fill in its "verify" rule.',
    );
  }
  const unknown = unknownNames(
    rule.template ?? '{body}',
    rule.timestampHeader === undefined ? [] : ['timestamp'],
  );
  if (unknown[0] === undefined) return undefined;
  const help =
    unknown[0] === 'timestamp'
      ? 'name the timestamp header too'
      : 'known are {body}, {timestamp}, {method}, {url} and {path}';
  return failure('malformed_rule', `The template names {${unknown[0]}}, which is not known: ${help}.`);
}
