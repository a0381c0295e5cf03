import { createRedactor, StepError, type HttpClient, type OpenConnection } from '@hookloom/step-kit';
import { HttpConfig } from '../http/http.config.js';
import { call } from '../http/call.js';
import { buildRequest } from '../http/request.js';
import type { PollConfig } from './poll.config.js';

const MAX_RESPONSE_BYTES = 8 * 1024 * 1024;

/** Items that one answer may list. */
export const MOST_POLL_ITEMS = 2_000;

/** What the other server answered; `bodyJson` as it was written. */
export interface PolledAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodyJson: string;
}

interface Asked {
  readonly config: PollConfig;
  readonly connection: OpenConnection | undefined;
  readonly http: HttpClient;
  readonly signal: AbortSignal;
}

/** Fetches a list. @throws StepError whose message is for the workflow's author and holds no secret */
export async function fetchList({ config, connection, http, signal }: Asked): Promise<PolledAnswer> {
  const { url, headers, query } = config;
  const request = HttpConfig.parse({ url, headers, query, responseType: 'json' });
  const { request: made, secrets } = buildRequest({
    config: request,
    connection,
    idempotencyKey: '',
    signal,
  });
  const redactor = createRedactor(secrets);
  try {
    const bounded = { ...made, maxResponseBytes: MAX_RESPONSE_BYTES };
    const { response, bodyJson } = await call({ http, config: request }, bounded, redactor);
    return { status: response.status, headers: response.headers, bodyJson };
  } catch (error) {
    if (error instanceof StepError) error.message = redactor.text(error.message);
    throw error;
  }
}
