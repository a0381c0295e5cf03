import { parsePlace } from '../model/place.js';
import type { DigestAlgorithm, Encoding, MacScheme, TimeUnit } from '../model/scheme.js';
import type { FailedCheck, Mistake } from './mistake.js';

const BY_BYTES: Readonly<Record<number, DigestAlgorithm>> = {
  20: 'sha1',
  32: 'sha256',
  48: 'sha384',
  64: 'sha512',
};
const SHAPE = /^(?<prefix>[A-Za-z0-9]{1,10}=)?(?<text>[A-Za-z0-9+/_-]+={0,2})$/;
const TEMPLATES = [
  '{timestamp}.{body}',
  '{timestamp}{body}',
  'v0:{timestamp}:{body}',
  '{timestamp}:{body}',
  '{body}',
];

/** The rule looks for another encoding, algorithm, prefix or signed text than came; or for another unit of time. */
export function* signatureMistakes(failed: FailedCheck): Generator<Mistake> {
  const { scheme } = failed;
  if (scheme.kind !== 'hmac' && scheme.kind !== 'hash') return;
  yield* otherShape(failed, scheme);
  if ('template' in scheme.signed && failed.sender.id === 'hmac') yield* otherTemplate(failed, scheme);
  const { timestamp } = scheme;
  if (timestamp?.unit !== 's' && timestamp?.unit !== 'ms') return;
  const unit: TimeUnit = timestamp.unit === 's' ? 'ms' : 's';
  const words = { s: 'seconds', ms: 'milliseconds' };
  const fix = `The signed time is in ${words[unit]}, but ${failed.sender.name} is to give it in ${words[timestamp.unit]}: correct it where the request is signed.`;
  yield { ...failed, scheme: { ...scheme, timestamp: { ...timestamp, unit } }, fix };
}

/** One try: what came tells by its length and letters how it was made. */
function* otherShape(failed: FailedCheck, scheme: MacScheme): Generator<Mistake> {
  const { kind, name } = parsePlace(scheme.signature.in);
  if (kind !== 'header' || scheme.signature.pair !== undefined) return;
  const found = SHAPE.exec((failed.request.headers[name] ?? '').trim())?.groups;
  const text = found?.['text'] ?? '';
  const encoding = encodingOf(text);
  const algorithm = BY_BYTES[Buffer.from(text, encoding).length];
  if (algorithm === undefined) return;
  const prefix = found?.['prefix'];
  const differences = [
    ...(encoding === scheme.signature.encoding
      ? []
      : [`in ${encoding}, not in ${scheme.signature.encoding}`]),
    ...(algorithm === scheme.algorithm ? [] : [`made with ${algorithm}, not with ${scheme.algorithm}`]),
    ...(prefix === scheme.signature.prefix ? [] : [prefixDifference(prefix)]),
  ];
  if (differences.length === 0) return;
  const fix = `The signature in header ${name} is right but ${differences.join(', and ')}: change the settings of the check to that.`;
  yield {
    ...failed,
    scheme: { ...scheme, algorithm, signature: { ...scheme.signature, encoding, prefix } },
    fix,
  };
}

function prefixDifference(prefix: string | undefined): string {
  return prefix === undefined ? 'comes without a prefix' : `comes after the prefix "${prefix}"`;
}

function encodingOf(text: string): Encoding {
  if (/^[0-9a-f]+$/i.test(text)) return 'hex';
  return /[-_]/.test(text) ? 'base64url' : 'base64';
}

function* otherTemplate(failed: FailedCheck, scheme: MacScheme): Generator<Mistake> {
  const usable = TEMPLATES.filter((template) => scheme.timestamp || !template.includes('{timestamp}'));
  for (const template of usable) {
    const fix = `The signature covers "${template}": set the template of the check to that.`;
    yield { ...failed, scheme: { ...scheme, signed: { template } }, fix };
  }
}
