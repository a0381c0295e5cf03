import { isConnectionType, secretsOf } from '@hookloom/contracts';
import {
  StepError,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  type OpenConnection,
  type Redactor,
} from '@hookloom/step-kit';

/** Bodies in an attempt's detail are cut here. */
const MAX_DETAIL_BYTES = 16 * 1024;

const SECRET_HEADER = /auth|token|secret|api-?key|cookie|signature|session|password|credential/i;

/** What was sent and answered, as people see it with the attempt: secrets hidden, bodies cut. */
export interface ExchangeDetail {
  readonly request: unknown;
  readonly response?: unknown;
}

/** Sends and keeps what was sent and answered. An error leaves with what is known of it. */
export async function exchange(
  http: HttpClient,
  request: HttpRequest,
  redactor: Redactor,
): Promise<{ response: HttpResponse; detail: ExchangeDetail }> {
  try {
    const response = await http.send(request);
    return {
      response,
      detail: { request: showRequest(request, redactor), response: showResponse(response, redactor) },
    };
  } catch (error) {
    throw error instanceof StepError ? error.withDetail({ request: showRequest(request, redactor) }) : error;
  }
}

/** The texts of a connection that must never be shown. */
export function secretsIn(connection: OpenConnection | undefined): string[] {
  return connection && isConnectionType(connection.type) ? secretsOf(connection.type, connection.data) : [];
}

/** The part of an address that may stand in a sentence. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the address';
}

function showRequest(request: HttpRequest, redactor: Redactor): unknown {
  const body = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
  return redactor.value({
    method: request.method,
    url: request.url,
    headers: hideHeaders(request.headers ?? {}, request.secretHeaders ?? []),
    ...(body ? showBody(body, request.bodyShown) : {}),
  });
}

function showResponse(response: HttpResponse, redactor: Redactor): unknown {
  return redactor.value({
    status: response.status,
    url: response.url,
    headers: hideHeaders(response.headers, []),
    ...showBody(response.body),
  });
}

function hideHeaders(headers: NonNullable<HttpRequest['headers']>, secret: readonly string[]): unknown {
  const shown = Object.entries(headers).map(([name, value]) => [
    name,
    secret.includes(name.toLowerCase()) || SECRET_HEADER.test(name) ? 'hidden' : value,
  ]);
  return Object.fromEntries(shown);
}

function showBody(body: Uint8Array, instead?: string): { body: string; bodyBytes: number; bodyCut?: true } {
  const told = instead === undefined ? body : Buffer.from(instead);
  const start = Buffer.from(told.buffer, told.byteOffset, Math.min(told.byteLength, MAX_DETAIL_BYTES));
  const shown = start.includes(0) ? '(binary)' : start.toString('utf8');
  const cut = told.byteLength > MAX_DETAIL_BYTES;
  return { body: shown, bodyBytes: body.byteLength, ...(cut ? { bodyCut: true } : {}) };
}
