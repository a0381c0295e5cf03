import type { Problem } from '@hookloom/contracts';

type FieldErrors = NonNullable<Problem['errors']>;

export interface ProblemOptions {
  readonly code?: string;
  readonly errors?: FieldErrors;
  readonly deleted?: NonNullable<Problem['deleted']>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is no success, said to the caller: becomes problem+json as it stands. Never holds a secret. */
export class ProblemError extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string | undefined,
    readonly options: ProblemOptions = {},
  ) {
    super(detail ?? title);
    this.name = 'ProblemError';
  }
}

/** 404, the same for what is not there and for what belongs to another project. */
export function notFound(what: string): ProblemError {
  return new ProblemError(404, 'Not found', `There is no such ${what} in this project.`);
}

/** 409: the state of the thing forbids it; `code` is stable. */
export function conflict(code: string, detail: string): ProblemError {
  return new ProblemError(409, 'Conflict', detail, { code });
}

/** 422 with a line for each field that cannot be used. */
export function invalid(
  errors: FieldErrors,
  detail = 'Some fields cannot be used as they are.',
): ProblemError {
  return new ProblemError(422, 'Invalid input', detail, { errors });
}

/** 401: nobody is signed in, or with the wrong words. */
export function unauthorized(detail: string): ProblemError {
  return new ProblemError(401, 'Not signed in', detail, { headers: { 'www-authenticate': 'Bearer' } });
}

/** 403: whoever asks may not do this. */
export function forbidden(detail: string, code?: string): ProblemError {
  return new ProblemError(403, 'Forbidden', detail, code === undefined ? {} : { code });
}

/** 429 with the seconds to wait. */
export function tooMany(detail: string, retryAfterSeconds: number): ProblemError {
  const headers = { 'retry-after': String(Math.max(1, Math.ceil(retryAfterSeconds))) };
  return new ProblemError(429, 'Too many requests', detail, { headers });
}

/** 503 with the seconds to wait: a part that is needed is away for a moment. */
export function unavailable(detail: string, retryAfterSeconds = 2): ProblemError {
  return new ProblemError(503, 'Not available now', detail, {
    headers: { 'retry-after': String(retryAfterSeconds) },
  });
}
