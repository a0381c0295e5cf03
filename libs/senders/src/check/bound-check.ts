import { equalTexts } from '../keys/compare.js';
import type { SecretFields } from '../keys/secret-key.js';
import { placeInWords } from '../model/place.js';
import type { SignedScheme } from '../model/scheme.js';
import { placeReader } from '../request/place-reader.js';
import type { RequestReader } from '../request/request.js';
import { failure, type Failure } from './failure.js';

const HOLDS = (): undefined => undefined;

/** Prepares the comparing of signed values with fields of the secret: one key signs for all of a sender's customers. */
export function boundCheck({
  bound,
}: SignedScheme): (request: RequestReader, fields: SecretFields) => Failure | undefined {
  if (!bound) return HOLDS;
  const rules = bound.map(({ place, field }) => ({ place, field, read: placeReader(place) }));
  return (request, fields) => {
    for (const { place, field, read } of rules) {
      const wanted = fields.get(field);
      if (wanted === undefined || equalTexts(read(request) ?? '', wanted)) continue;
      return failure(
        'claim_mismatch',
        `The signature is genuine, but ${placeInWords(place)} is not the stored ${field}: the request was meant for somebody else, or that field of the secret is wrong.`,
      );
    }
    return undefined;
  };
}
