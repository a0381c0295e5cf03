import { validateHeaderName, validateHeaderValue } from 'node:http';
import { answerText, type EndpointResponse } from '@hookloom/contracts';
import type { Sender } from '@hookloom/senders';
import type { Answer, AnswerPreset } from './answer.js';

/**
 * Headers that an answer made by a person may not set: framing belongs to the server, and the others would speak
 * for the whole origin, on which the editor's session lives.
 */
const REFUSED = new Set([
  'connection',
  'keep-alive',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'trailer',
  'upgrade',
  'te',
  'date',
  'set-cookie',
  'set-cookie2',
  'clear-site-data',
  'strict-transport-security',
  'alt-svc',
  'nel',
  'report-to',
  'reporting-endpoints',
  'service-worker-allowed',
  'content-security-policy',
  'content-security-policy-report-only',
  'x-content-type-options',
]);

/** On each answer with a person's own text: shown in a browser it has no script, no form and no origin. */
const CONFINEMENT = { 'content-security-policy': 'sandbox', 'x-content-type-options': 'nosniff' } as const;

/**
 * The answer that an endpoint gives in place of the ordinary one; made once for each revision.
 *
 * @param ack what the sender insists on; the endpoint's own settings go before it
 * @returns `undefined` where the ordinary answer will do
 */
export function toAnswerPreset(
  response: EndpointResponse | undefined,
  ack: Sender['answer'] | undefined,
): AnswerPreset | undefined {
  const status = response?.status ?? ack?.status;
  const body = response?.body === undefined ? ack?.body : answerText(response.body);
  const own = usableHeaders(response?.headers ?? {});
  if (status === undefined && body === undefined && Object.keys(own).length === 0) return undefined;
  const ackType = response?.body === undefined ? ack?.contentType : undefined;
  const type = body === undefined ? {} : { 'content-type': ackType ?? contentTypeOf(body) };
  return { status: status ?? 200, headers: { ...type, ...own, ...CONFINEMENT }, body };
}

/** The answer of a person's own making, for one request. */
export function toOwnAnswer(given: {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}): Answer {
  const type = given.body === '' ? {} : { 'content-type': contentTypeOf(given.body) };
  const headers = { ...type, ...usableHeaders(given.headers), ...CONFINEMENT };
  return { status: given.status, headers, body: given.body };
}

/** Whether an answer made by a person may carry a header of this name. */
export function isOwnHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return !REFUSED.has(lower) && !lower.startsWith('proxy-');
}

function usableHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const usable: Record<string, string> = {};
  for (const [given, value] of Object.entries(headers)) {
    const name = given.toLowerCase();
    if (!isOwnHeader(name) || !isSendable(name, value)) continue;
    usable[name] = value;
  }
  return usable;
}

function isSendable(name: string, value: string): boolean {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}

function contentTypeOf(body: string): string {
  try {
    JSON.parse(body);
    return 'application/json; charset=utf-8';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}
