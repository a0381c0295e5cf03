import type { EndpointInput, Problem } from '@hookloom/contracts';

type FieldErrors = NonNullable<Problem['errors']>;

const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;
/** Set by the server itself, or dangerous in an answer that anybody may trigger. */
const REFUSED_HEADERS = new Set([
  'connection',
  'content-length',
  'content-security-policy',
  'keep-alive',
  'set-cookie',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-content-type-options',
]);

/** What a schema cannot say: whether the settings fit together. Empty when all is well. */
export function findEndpointErrors(input: EndpointInput): FieldErrors {
  return [...verifyErrors(input), ...answerErrors(input)];
}

function verifyErrors(input: EndpointInput): FieldErrors {
  if (input.sender === 'hmac' && input.verify === undefined) {
    return [
      {
        path: 'verify',
        message: 'The sender "hmac" needs to know where the signature is: set verify.header.',
      },
    ];
  }
  return [];
}

function answerErrors(input: EndpointInput): FieldErrors {
  return Object.entries(input.response?.headers ?? {}).flatMap(([name, value]) => {
    const path = `response.headers.${name}`;
    if (!HEADER_NAME.test(name)) return [{ path, message: 'This is no header name.' }];
    if (REFUSED_HEADERS.has(name.toLowerCase()))
      return [{ path, message: 'This header cannot be set here.' }];
    return HEADER_VALUE.test(value) ? [] : [{ path, message: 'A header value is one line of Latin-1 text.' }];
  });
}
