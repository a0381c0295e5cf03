import { isEncoded } from '../keys/compare.js';
import type { SecretFields } from '../keys/secret-key.js';
import type { KeyRule } from '../model/scheme.js';
import { secretFields } from '../model/sender.js';
import type { FailedCheck, Mistake } from './mistake.js';

const DECODINGS = ['utf8', 'base64', 'hex'] as const;
const AS = {
  utf8: 'the text of the secret as it stands',
  base64: 'the bytes that the secret stands for in base64',
  hex: 'the bytes that the secret stands for in hex',
} as const;

/** The secret was stored with something around it, in the wrong field, or is read in the wrong encoding. */
export function* secretMistakes(failed: FailedCheck): Generator<Mistake> {
  const stored = failed.secrets.map((fields) => mapFields(fields, withoutWrapping));
  if (!sameTexts(stored, failed.secrets)) {
    yield {
      ...failed,
      secrets: stored,
      fix: 'The stored secret has spaces, a line break or quotation marks around it: store it again without them.',
    };
  }
  yield* otherField(failed);
  if ('key' in failed.scheme) yield* otherDecoding({ ...failed, secrets: stored }, failed.scheme.key);
  yield {
    ...failed,
    secrets: failed.secrets.map((fields) => mapFields(fields, (text) => `${text}\n`)),
    fix: `${failed.sender.name} signs with a line break at the end of the secret: type it in there again without one.`,
  };
}

function* otherField({ sender, secrets, ...rest }: FailedCheck): Generator<Mistake> {
  const [main, ...others] = secretFields(sender);
  for (const { name, label } of others) {
    const swapped = secrets.flatMap((fields) => {
      const value = fields.get(name);
      return value === undefined ? [] : [new Map([...fields, [main.name, value]])];
    });
    if (swapped.length === 0) continue;
    const fix = `What proves this request stands in the field "${label}" of the stored secret: it belongs into "${main.label}".`;
    yield { ...rest, sender, secrets: swapped, fix };
  }
}

function* otherDecoding(failed: FailedCheck, rule: KeyRule): Generator<Mistake> {
  if (!isShared(rule.decode) || !('key' in failed.scheme)) return;
  const { sender, scheme } = failed;
  const texts = failed.secrets.flatMap((fields) => [...fields.values()]);
  for (const decode of DECODINGS) {
    if (decode === rule.decode) continue;
    if (decode !== 'utf8' && !texts.some((text) => isEncoded(withoutName(text), decode))) continue;
    const key: KeyRule = { ...rule, decode, stripPrefix: decode === 'utf8' ? undefined : prefixOf(texts) };
    const fix = `The request was signed with ${AS[decode]}, but ${sender.name} is to sign with ${AS[rule.decode]}: copy the secret again, whole, or set it anew at ${sender.name}.`;
    yield { ...failed, scheme: { ...scheme, key }, fix };
  }
  const prefix = prefixOf(texts);
  if (rule.decode !== 'utf8' || prefix === undefined) return;
  const fix = `The request was signed with the secret without its beginning "${prefix}": store it without that.`;
  yield { ...failed, scheme: { ...scheme, key: { ...rule, stripPrefix: prefix } }, fix };
}

function isShared(decode: KeyRule['decode']): decode is (typeof DECODINGS)[number] {
  return decode === 'utf8' || decode === 'base64' || decode === 'hex';
}

/** A beginning that only names the kind of secret, such as `whsec_`. */
function prefixOf(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const [, prefix] = /^([a-z0-9,]{1,12}_)./.exec(text) ?? [];
    if (prefix !== undefined) return prefix;
  }
  return undefined;
}

function withoutName(text: string): string {
  return text.slice(prefixOf([text])?.length ?? 0);
}

function withoutWrapping(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
}

function mapFields(fields: SecretFields, change: (text: string) => string): SecretFields {
  return new Map([...fields].map(([name, text]) => [name, change(text)]));
}

function sameTexts(one: readonly SecretFields[], other: readonly SecretFields[]): boolean {
  return one.every((fields, index) => [...fields].every(([name, text]) => other[index]?.get(name) === text));
}
