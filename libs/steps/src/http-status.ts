import { STATUS_CODES } from 'node:http';
import {
  isWorthRepeating,
  parseRetryAfter,
  PermanentError,
  RetryableError,
  type HttpResponse,
  type StepError,
} from '@hookloom/step-kit';

const HINTS: Readonly<Record<number, string>> = {
  400: 'It could not read what was sent: compare the body with its documentation.',
  401: 'It asks for a login: check the connection of this step.',
  403: 'The account may not do this: check the rights of the connection.',
  404: 'There is nothing at this address: check the URL.',
  405: 'It does not allow this method here: check the method and the URL.',
  409: 'It says that this conflicts with what is there already.',
  413: 'The body is too large for it.',
  415: 'It does not take this kind of body: check the body type.',
  422: 'It understood the body but refused its content.',
};

/** An answer that means failure, as the error that says whether another attempt may help. */
export function toStatusError(host: string, response: HttpResponse, detail: unknown, now: number): StepError {
  const { status } = response;
  const name = STATUS_CODES[status];
  const sentence = `${host} answered ${status}${name ? ` (${name})` : ''}.`;
  const kept = { code: 'http_status', status, detail };
  if (!isWorthRepeating(status)) {
    const hint = HINTS[status] ?? 'It refused the request: its answer is kept with this attempt.';
    return new PermanentError(`${sentence} ${hint}`, kept);
  }
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], now);
  return new RetryableError(`${sentence} It may work later.`, {
    ...kept,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}
