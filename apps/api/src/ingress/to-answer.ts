import { JSON_HEADERS, type Answer, type AnswerPreset } from './answer.js';
import type { IngressOutcome, RefusalReason } from './outcome.js';

const PROBLEM_HEADERS = { 'content-type': 'application/problem+json; charset=utf-8' } as const;

/** Status and title of each refusal: the table "Trigger URLs" of the contract. */
const REFUSALS: Readonly<Record<RefusalReason, readonly [status: number, title: string]>> = {
  body_too_large: [413, 'Body too large'],
  encoding: [415, 'Content encoding not supported'],
  method: [405, 'Method not enabled'],
  signature: [401, 'Not verified'],
  unreadable: [400, 'Unreadable body'],
  wrong_shape: [422, 'Not the declared shape'],
};

/** The status that a refusal is answered with, as the event keeps it. */
export function refusalStatus(reason: RefusalReason): number {
  return REFUSALS[reason][0];
}

/** The table "Trigger URLs" of the contract, and nothing else. */
export function toAnswer(outcome: IngressOutcome): Answer {
  switch (outcome.kind) {
    case 'stored':
      return preset(outcome.preset, `{"eventId":"${outcome.eventId}"}`);
    case 'duplicate':
      return preset(outcome.preset, `{"eventId":"${outcome.eventId}","duplicate":true}`);
    case 'handshake':
    case 'answered':
      return outcome.answer;
    case 'crowded':
      return { status: 202, headers: JSON_HEADERS, body: JSON.stringify({ eventId: outcome.eventId }) };
    case 'refused':
      return refusal(outcome);
    case 'unknown_endpoint':
      return problem(404, 'Not found', { detail: 'There is no trigger URL at this address.' });
    case 'rate_limited': {
      const detail = 'This trigger URL is over its rate limit. Send again later.';
      return problem(429, 'Too many requests', { detail }, retryAfter(outcome.retryAfterSeconds));
    }
    case 'unavailable': {
      const detail = 'The event cannot be stored now. Send it again later.';
      return problem(503, 'Not available now', { detail }, retryAfter(outcome.retryAfterSeconds));
    }
  }
}

function preset(preset: AnswerPreset | undefined, ordinaryBody: string): Answer {
  if (preset === undefined) return { status: 200, headers: JSON_HEADERS, body: ordinaryBody };
  if (preset.body === undefined) {
    return { status: preset.status, headers: { ...JSON_HEADERS, ...preset.headers }, body: ordinaryBody };
  }
  return { status: preset.status, headers: preset.headers, body: preset.body };
}

function refusal(outcome: Extract<IngressOutcome, { kind: 'refused' }>): Answer {
  const [status, title] = REFUSALS[outcome.reason];
  const headers: Record<string, string> = {};
  if (outcome.allow !== undefined) headers['allow'] = outcome.allow;
  if (status === 401) headers['www-authenticate'] = 'Signature';
  if (outcome.isBodyless) return { status, headers, body: '' };
  const { code, detail, errors, eventId } = outcome;
  return problem(status, title, { code, detail, errors, eventId }, headers);
}

function problem(
  status: number,
  title: string,
  members: Readonly<Record<string, unknown>>,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { ...PROBLEM_HEADERS, ...headers },
    body: JSON.stringify({ title, status, ...members }),
  };
}

function retryAfter(seconds: number): Record<string, string> {
  return { 'retry-after': String(Math.max(1, Math.ceil(seconds))) };
}
