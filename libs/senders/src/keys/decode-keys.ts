import type { KeyObject } from 'node:crypto';
import type { CheckContext } from '../check/check.js';
import { failure, nearestToGenuine, type Failure } from '../check/failure.js';
import type { PublishedKey } from '../model/published-key.js';
import type { KeyRule } from '../model/scheme.js';
import { secretFields, type Sender } from '../model/sender.js';
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
  for (const { text, fields } of keyTexts(rule, context)) {
    const object = text === undefined ? noKey(rule, context) : decodeKey(rule, type, text);
    if ('reason' in object) failures.push(object);
    else keys.push({ object, text: text ?? '', fields });
  }
  return keys.length > 0 ? keys : (nearestToGenuine(failures) ?? noKey(rule, context));
}

/** The key in every stored secret, or else those that the sender publishes. */
function keyTexts(
  rule: KeyRule,
  { sender, secrets, publishedKeys = [] }: CheckContext,
): { text: string | undefined; fields: SecretFields }[] {
  const { published } = rule;
  const stored = secrets.map((fields) => ({ text: keyText(rule, sender, fields), fields }));
  if (!published || stored.some(({ text }) => text !== undefined)) return stored;
  const fetched = published.kind === 'printed' ? [published.pem] : publishedKeys;
  const owners = secrets.length === 0 ? [new Map<string, string>()] : secrets;
  return owners
    .filter((fields) => missingFor(rule, fields).length === 0)
    .flatMap((fields) => fetched.map((text) => ({ text, fields })));
}

/** Fields that must be stored beside a published key and are not. */
function missingFor({ published }: KeyRule, fields: SecretFields): readonly string[] {
  return (published?.needs ?? []).filter((field) => !fields.has(field));
}

function decodeKey(rule: KeyRule, type: KeyType, text: string): KeyObject | Failure {
  return type === 'secret' ? sharedKey(rule, text) : publicKey(rule, text, type);
}

/** Says what is missing: a key that the sender publishes, a field of the secret, or the secret itself. */
export function noKey(rule: KeyRule, { sender, secrets }: CheckContext): Failure {
  if (rule.published !== undefined) {
    const missing = [...secrets, new Map<string, string>()].map((fields) => missingFor(rule, fields));
    const [fewest = []] = missing.toSorted((one, other) => one.length - other.length);
    return fewest.length === 0 ? notFetched(rule.published, sender) : notStored(fewest, sender);
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

function notFetched({ words }: PublishedKey, sender: Sender): Failure {
  return failure(
    'key_not_fetched',
    `${sender.name} signs with a key that it publishes (${words}), and that key is not at hand: the signature was not checked.`,
  );
}

function notStored(names: readonly string[], sender: Sender): Failure {
  const labels = secretFields(sender).flatMap(({ name, label }) => (names.includes(name) ? label : []));
  return failure(
    'no_key',
    `${sender.name} signs its requests: store here what its check needs (${labels.join(', ')}) to have every request checked.`,
  );
}
