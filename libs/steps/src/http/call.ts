import {
  StepError,
  type HttpRequest,
  type HttpResponse,
  type Redactor,
  type StepContext,
} from '@hookloom/step-kit';
import { exchange, hostOf } from '../exchange.js';
import { toStatusError } from '../http-status.js';
import { isAccepted } from './accept-status.js';
import { bodyJsonOf } from './answer-body.js';
import type { HttpConfig } from './http.config.js';

/** An answer that counts as success, its body as JSON text. */
export interface Answer {
  readonly response: HttpResponse;
  readonly bodyJson: string;
  readonly detail: unknown;
}

/** One request and its answer. @throws StepError for a status that is not accepted or a body that cannot be read */
export async function call(
  { http, config }: Pick<StepContext<HttpConfig>, 'http' | 'config'>,
  request: HttpRequest,
  redactor: Redactor,
): Promise<Answer> {
  const { response, detail } = await exchange(http, request, redactor);
  const host = hostOf(request.url);
  if (!isAccepted(response.status, config.acceptStatus)) {
    throw toStatusError(host, response, detail, Date.now());
  }
  try {
    return { response, bodyJson: bodyJsonOf(response, config.responseType, host), detail };
  } catch (error) {
    throw error instanceof StepError ? error.withDetail(detail) : error;
  }
}
