/** What a step error may carry beside its sentence. */
export interface StepErrorOptions {
  readonly cause?: unknown;
  /** Milliseconds to wait before the next attempt at least; replaces the backoff. */
  readonly retryAfterMs?: number;
  /** HTTP status, where the other side answered. */
  readonly status?: number;
  /** A stable code that says more than the class does, for example `http_status`. */
  readonly code?: string;
  /** What was sent and answered, already redacted; kept with the attempt. */
  readonly detail?: unknown;
}

/** A failed step, said to a person: what happened, why, what to do. The class says who can help. */
export abstract class StepError extends Error {
  readonly code: string;
  private kept: StepErrorOptions;
  constructor(message: string, fallbackCode: string, options: StepErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.code = options.code ?? fallbackCode;
    this.kept = options;
  }

  get options(): StepErrorOptions {
    return this.kept;
  }

  /** Keeps what was sent and answered, already redacted, with an error that a client threw. */
  withDetail(detail: unknown): this {
    this.kept = { ...this.kept, detail };
    return this;
  }
}

/** Another attempt may succeed: connect error, timeout, 429, 5xx. */
export class RetryableError extends StepError {
  constructor(message: string, options?: StepErrorOptions) {
    super(message, 'retryable', options);
  }
}

/** No attempt can succeed: the other side said no. */
export class PermanentError extends StepError {
  constructor(message: string, options?: StepErrorOptions) {
    super(message, 'permanent', options);
  }
}

/** The author must change the step's settings or its connection. */
export class ConfigurationError extends StepError {
  constructor(message: string, options?: StepErrorOptions) {
    super(message, 'configuration', options);
  }
}

/** An expression or code failed, ran too long or grew too large. Never repeated. */
export class ExpressionError extends StepError {
  constructor(message: string, options?: StepErrorOptions) {
    super(message, 'expression', options);
  }
}
