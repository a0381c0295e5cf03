import type { KeyObject } from 'node:crypto';
import type { CheckContext } from '../check/check.js';
import { failure, nearestToGenuine, type Failure } from '../check/failure.js';
import type { KeyRule } from '../model/scheme.js';
import { keyText, publicKey, sharedKey, type SecretFields } from './secret-key.js';

/** A decoded key and the secret it came from. */
export interface Key {
  readonly object: KeyObject;
  readonly text: string;
  readonly fields: SecretFields;
}

export type KeyType = 'secret' | 'ed25519' | 'ec' | 'rsa';

/** Decodes the key of every stored secret; those that cannot be used are passed over if another can. */
export function decodeKeys(rule: KeyRule, type: KeyType, context: CheckContext): readonly Key[] | Failure {
  const keys: Key[] = [];
  const failures: Failure[] = [];
  for (const fields of context.secrets) {
    const text = keyText(rule, context.sender, fields);
    const object = text === undefined ? noKey(rule, context) : decodeKey(rule, type, text);
    if ('reason' in object) failures.push(object);
    else keys.push({ object, text: text ?? '', fields });
  }
  return keys.length > 0 ? keys : (nearestToGenuine(failures) ?? noKey(rule, context));
}

function decodeKey(rule: KeyRule, type: KeyType, text: string): KeyObject | Failure {
  return type === 'secret' ? sharedKey(rule, text) : publicKey(rule, text, type);
}

/** Says what is missing: a key that the sender publishes, a field of the secret, or the secret itself. */
export function noKey(rule: KeyRule, { sender, secrets }: CheckContext): Failure {
  if (rule.published !== undefined) {
    return failure(
      'key_not_fetched',
      `${sender.name} signs with a key that it publishes (${rule.published}), and that key is not at hand: the signature was not checked.`,
    );
  }
  if (secrets.length > 0) {
    return failure(
      'malformed_key',
      `The stored secret has no field ${rule.field ?? 'for this scheme'}: store it again with all fields that ${sender.name} needs.`,
    );
  }
  return failure(
    'no_key',
    `${sender.name} signs its requests: store its secret here to have every request checked.`,
  );
}
