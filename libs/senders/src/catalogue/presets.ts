import type { DigestAlgorithm, Encoding, KeyRule, MacScheme } from '../model/scheme.js';

/** The commonest scheme of all: an HMAC of the body in a header, keyed with the secret as it is. */
export function bodyHmac(rule: {
  header: string;
  encoding: Encoding;
  prefix?: string;
  algorithm?: DigestAlgorithm;
  id?: string;
  legacy?: true;
}): MacScheme {
  return {
    kind: 'hmac',
    id: rule.id ?? 'default',
    algorithm: rule.algorithm ?? 'sha256',
    ...(rule.legacy && { legacy: true }),
    signature: {
      in: `header:${rule.header}`,
      encoding: rule.encoding,
      ...(rule.prefix !== undefined && { prefix: rule.prefix }),
    },
    signed: { template: '{body}' },
    key: { decode: 'utf8' },
  };
}

/**
 * Standard Webhooks: `id.timestamp.body`, several signatures side by side, five minutes.
 *
 * @param rule.headers what the three headers begin with; `svix` where Svix delivers
 */
export function standardWebhooksHmac(
  rule: { headers?: 'webhook' | 'svix'; id?: string; key?: KeyRule } = {},
): MacScheme {
  const headers = rule.headers ?? 'webhook';
  return {
    kind: 'hmac',
    id: rule.id ?? 'default',
    algorithm: 'sha256',
    signature: {
      in: `header:${headers}-signature`,
      separator: ' ',
      pair: ',',
      key: 'v1',
      encoding: 'base64',
    },
    signed: { template: '{id}.{t}.{body}' },
    vars: { id: `header:${headers}-id`, t: `header:${headers}-timestamp` },
    key: rule.key ?? { decode: 'base64', stripPrefix: 'whsec_' },
    timestamp: { var: 't', unit: 's', toleranceSeconds: 300 },
  };
}
