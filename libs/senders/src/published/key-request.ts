import { failure, type Failure } from '../check/failure.js';
import type { SecretFields } from '../keys/secret-key.js';
import type { CertificateByUrl, KeyById, RemoteKey } from '../model/published-key.js';
import { placeInWords } from '../model/place.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { splitUrl } from '../request/url.js';

/** A key that must be fetched before a request can be judged, and how. */
export interface KeyRequest {
  /** Two requests with the same id ask for the same. */
  readonly id: string;
  /** Of a host that the catalogue names, over https. */
  readonly url: string;
  /** Sent as JSON by POST; a GET without it. It holds secrets: keep it out of logs. */
  readonly body?: string;
  readonly rule: RemoteKey;
  /** Which key of a set signed the request. */
  readonly keyId?: string;
}

/** What a request says about its key: which of the published ones it is, where it says so. */
export interface KeyHint {
  readonly keyId?: string | undefined;
}

/** Says which key to fetch for a request, or why none of its kind will be. */
export type KeyRequestReader = (request: RequestReader, hint: KeyHint) => KeyRequest | Failure;

const KEY_ID = /^[\x21-\x7e]{1,200}$/;
const LONGEST_URL = 500;

/** Prepares the reading of what must be fetched, for one secret. */
export function keyRequestReader(rule: RemoteKey, fields: SecretFields): KeyRequestReader {
  switch (rule.kind) {
    case 'certificate':
      return certificateReader(rule, fields);
    case 'by-id':
      return byIdReader(rule, fields);
    case 'key-set':
    case 'document':
      return (_, { keyId }) =>
        keyId !== undefined && !KEY_ID.test(keyId)
          ? badKeyId()
          : { id: rule.url, url: rule.url, rule, ...(keyId !== undefined && { keyId }) };
  }
}

function certificateReader(rule: CertificateByUrl, fields: SecretFields): KeyRequestReader {
  const readUrl = placeReader(rule.urlIn);
  const [host, path] = [rule.host, rule.path].map((pattern) => new RegExp(pattern));
  const { hostLabel } = rule;
  const label = hostLabel && fields.get(hostLabel.field)?.split(':')[hostLabel.at];
  return (request) => {
    const url = readUrl(request) ?? '';
    const parts = url.length > LONGEST_URL || url.includes('@') ? undefined : splitUrl(url);
    const isTheirs =
      parts?.scheme === 'https://' && parts.port === '' && host?.test(parts.host) && path?.test(parts.rest);
    const isInPlace = label === undefined || parts?.host.split('.').includes(label);
    if (isTheirs && isInPlace) return { id: url, url, rule };
    return failure(
      'key_refused',
      `The certificate that ${placeInWords(rule.urlIn)} names is not on one of the sender's own addresses: somebody else sent this.`,
    );
  };
}

function byIdReader(rule: KeyById, fields: SecretFields): KeyRequestReader {
  const chosen = fields.get('environment') ?? '';
  const environment = rule.environments.includes(chosen) ? chosen : (rule.environments[0] ?? '');
  const url = rule.url.replace('{environment}', environment);
  const sent = Object.entries(rule.send).map(([name, field]) => [name, fields.get(field) ?? ''] as const);
  return (_, { keyId }) => {
    if (keyId === undefined || !KEY_ID.test(keyId)) return badKeyId();
    const body = JSON.stringify({ ...Object.fromEntries(sent), [rule.idAs]: keyId });
    return { id: `${url} ${sent[0]?.[1] ?? ''} ${keyId}`, url, body, rule, keyId };
  };
}

function badKeyId(): Failure {
  return failure('key_refused', 'The token does not say which key it is signed with.');
}
