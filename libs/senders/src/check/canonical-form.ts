import { failure, type Failure } from './failure.js';
import { parseUrlEncoded, type FormFields } from '../request/form-body.js';
import type { Pieces } from '../keys/digest.js';
import type { SigningInput } from './template.js';
import { portVariants, splitUrl } from '../request/url.js';

/**
 * Twilio, Mandrill: the URL, then name and value of every form field in the order of the names.
 *
 * A body that is no form would not be covered at all, so it is refused: else a signature over a bare URL
 * would vouch for any body.
 *
 * @param repeats `unique`: repeated values once each, sorted; `all`: as they came
 */
export function sortedForm(
  { request }: SigningInput,
  repeats: 'unique' | 'all',
): readonly Pieces[] | Failure {
  const { url, rawBody } = request.request;
  if (rawBody.length > 0 && !request.mayBeForm) return notCovered();
  const fields = [...request.form].toSorted(([one], [other]) => (one < other ? -1 : 1));
  const texts = fields.flatMap(([name, values]) => {
    const signed = repeats === 'unique' ? [...new Set(values)].toSorted() : values;
    return signed.map((value) => name + value);
  });
  return portVariants(url).map((variant) => [variant, ...texts]);
}

function notCovered(): Failure {
  return failure(
    'unsigned_content',
    'This signature covers a URL and form fields, but the body is no form: choose the scheme for JSON bodies.',
  );
}

/** Plivo v3: the URL with its query sorted, the form's fields sorted, a nonce; dots between. */
export function plivoUrl({ request, vars }: SigningInput): readonly Pieces[] | Failure {
  const { method, url, rawBody } = request.request;
  const isGet = method.toUpperCase() === 'GET';
  if (!isGet && rawBody.length > 0 && !request.mayBeForm) return notCovered();
  const parts = splitUrl(url);
  if (!parts) return failure('missing_input', 'The public URL is not known.');
  const [path = '', query = ''] = parts.rest.split('?');
  const base = `${parts.scheme}${parts.host}${parts.port === '' ? '' : `:${parts.port}`}${path}`;
  const sortedQuery = sortedPairs(parseUrlEncoded(query), '=').join('&');
  const form = isGet ? [] : sortedPairs(request.form, '');
  const mark = sortedQuery !== '' || form.length > 0 ? '?' : '';
  const dot = sortedQuery !== '' && form.length > 0 ? '.' : '';
  return [[`${base}${mark}${sortedQuery}${dot}${form.join('')}.${vars.get('nonce') ?? ''}`]];
}

function sortedPairs(fields: FormFields, between: string): string[] {
  const byName = [...fields].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return byName.flatMap(([name, values]) => values.toSorted().map((value) => `${name}${between}${value}`));
}

/** Paddle Classic: the form without its signature, sorted, in PHP's serialisation; lengths count bytes. */
export function phpSerialized({ request }: SigningInput): readonly Pieces[] | Failure {
  const fields = [...request.form].filter(([name]) => name !== 'p_signature');
  if (fields.some(([, values]) => values.length !== 1)) {
    return failure(
      'unsigned_content',
      'A form field comes twice, and the signature covers one of them only.',
    );
  }
  const sorted = fields.toSorted(([one], [other]) => (one < other ? -1 : 1));
  const members = sorted.flatMap(([name, values]) => [name, ...values].map(phpString));
  return [[`a:${sorted.length}:{${members.join('')}}`]];
}

function phpString(text: string): string {
  return `s:${Buffer.byteLength(text, 'utf8')}:"${text}";`;
}
