import { STATUS_CODES } from 'node:http';
import type { Problem } from '@hookloom/contracts';
import { HttpException } from '@nestjs/common';
import { ProblemError } from './problem-error.js';

/** A foreign key that is not there any more. */
const GONE_MEANWHILE = '23503';
/** The event that a run was to begin with is deleted. */
const EVENT_GONE = 'event_gone';
/** Postgres refuses U+0000 in text; the documents are stored as JSON text, where it is escaped. */
const UNSTORABLE = new Set(['22021', '22P05']);

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** Nobody foresaw this: worth a line in the log, and the caller learns nothing of it. */
  readonly unexpected: boolean;
}

/** What the HTTP server itself refuses, in our words. Its own texts speak of its internals. */
const SERVER_REFUSALS: Readonly<Record<string, { status: number; detail: string }>> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { status: 415, detail: 'Send the body as application/json.' },
  FST_ERR_CTP_BODY_TOO_LARGE: { status: 413, detail: 'The body is too large.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: { status: 400, detail: 'The body is not as long as the request says.' },
  FST_ERR_BAD_URL: { status: 400, detail: 'The address cannot be read.' },
};
/** Codes of a database that is away or has no connection to give; the next try may do. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|08...|57P0.|57014|53...|40001|40P01|55P03)$/;

/** Translates any error into RFC 9457 problem details; the one place where this is decided. */
export function toProblem(error: unknown): ProblemAnswer {
  if (error instanceof ProblemError) return fromProblemError(error);
  if (error instanceof HttpException) return plain(error.getStatus(), expectedDetail(error));
  const code = codeOf(error);
  const refusal = SERVER_REFUSALS[code];
  if (refusal) return plain(refusal.status, refusal.detail);
  if (AWAY.test(code)) {
    const answer = plain(503, 'The database cannot do this now. Try again in a moment.');
    return { ...answer, headers: { 'retry-after': '2' }, unexpected: true };
  }
  if (code === EVENT_GONE) return eventGone();
  if (code === GONE_MEANWHILE)
    return plain(409, 'Something that this refers to was deleted meanwhile. Load it again.');
  if (UNSTORABLE.has(code)) return plain(422, 'A text holds the character U+0000, which cannot be stored.');
  const status = code.startsWith('FST_') ? statusOf(error) : undefined;
  if (status !== undefined) return plain(status, undefined);
  return { ...plain(500, 'Something went wrong on the server. Its log says what.'), unexpected: true };
}

function fromProblemError(error: ProblemError): ProblemAnswer {
  const { code, errors, deleted, headers } = error.options;
  const problem: Problem = { title: error.title, status: error.status };
  if (error.detail !== undefined) problem.detail = error.detail;
  if (code !== undefined) problem.code = code;
  if (errors !== undefined) problem.errors = errors;
  if (deleted !== undefined) problem.deleted = deleted;
  return { problem, headers: headers ?? {}, unexpected: false };
}

function plain(status: number, detail: string | undefined): ProblemAnswer {
  const problem: Problem = { title: STATUS_CODES[status] ?? 'Error', status };
  if (detail !== undefined) problem.detail = detail;
  return { problem, headers: {}, unexpected: false };
}

function eventGone(): ProblemAnswer {
  const answer = plain(409, 'Its event was deleted, so nothing is left to begin with.');
  return { ...answer, problem: { ...answer.problem, code: EVENT_GONE } };
}

/** Refusals that Nest passes on from the HTTP server, in our words. */
const EXPECTED_DETAILS: Readonly<Record<number, string>> = {
  404: 'There is nothing at this address.',
  413: 'The body is too large.',
  415: 'Send the body as application/json.',
};

function expectedDetail(error: HttpException): string | undefined {
  return EXPECTED_DETAILS[error.getStatus()];
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'driverError' in error ? codeOf(error.driverError) : '';
}

function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const status = error.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : undefined;
}
