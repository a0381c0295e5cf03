import {
  createRedactor,
  NO_FILES,
  StepError,
  type AccessTokens,
  type HttpClient,
  type OpenConnection,
} from '@hookloom/step-kit';
import { withToken } from '../http/authorization.js';
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
  readonly tokens: AccessTokens;
  readonly signal: AbortSignal;
}

/** Fetches a list. @throws StepError whose message is for the workflow's author and holds no secret */
export async function fetchList(asked: Asked): Promise<PolledAnswer> {
  const { config, connection, signal } = asked;
  const { url, headers, query } = config;
  const request = HttpConfig.parse({ url, headers, query, responseType: 'json' });
  const { request: made, secrets } = await buildRequest({
    config: request,
    connection,
    files: NO_FILES,
    idempotencyKey: '',
    signal,
  });
  const redactor = createRedactor(secrets);
  const http = withToken(asked.http, connection, asked.tokens);
  try {
    const bounded = { ...made, maxResponseBytes: MAX_RESPONSE_BYTES };
    const { response, bodyJson } = await call({ http, config: request }, bounded, redactor);
    return { status: response.status, headers: response.headers, bodyJson };
  } catch (error) {
    if (error instanceof StepError) error.message = redactor.text(error.message);
    throw error;
  }
}
