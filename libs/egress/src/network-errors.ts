import { ConfigurationError, PermanentError, RetryableError, StepError } from '@hookloom/step-kit';

const TLS_CODES =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_PURPOSE|PATH_LENGTH)/;

interface Cause {
  readonly code: string;
  readonly sentence: string;
}

const CAUSES: Readonly<Record<string, Cause>> = {
  ECONNREFUSED: {
    code: 'connect_refused',
    sentence: 'refused the connection. Is the service running on this port?',
  },
  UND_ERR_CONNECT_TIMEOUT: { code: 'timeout', sentence: 'could not be reached within 5 seconds.' },
  ETIMEDOUT: { code: 'timeout', sentence: 'could not be reached in time.' },
  ENOTFOUND: { code: 'dns', sentence: 'was not found. Check its spelling, or the DNS of this server.' },
  EAI_AGAIN: { code: 'dns', sentence: 'could not be looked up: the DNS of this server does not answer.' },
  EHOSTUNREACH: { code: 'connect_failed', sentence: 'cannot be reached from this server.' },
  ENETUNREACH: { code: 'connect_failed', sentence: 'cannot be reached from this server.' },
  ECONNRESET: { code: 'connection_lost', sentence: 'closed the connection before it had answered.' },
  EPIPE: { code: 'connection_lost', sentence: 'closed the connection before it had answered.' },
  UND_ERR_SOCKET: { code: 'connection_lost', sentence: 'closed the connection before it had answered.' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    code: 'connection_lost',
    sentence: 'sent less than it had announced.',
  },
};

/**
 * Says what went wrong on the way to a host, and whether another attempt may help.
 *
 * @param host as it may stand in a sentence: name and port, never a path or a query
 */
export function toNetworkError(host: string, error: unknown): StepError {
  if (error instanceof StepError) return error;
  const code = codeOf(error);
  const cause = CAUSES[code];
  if (cause) return new RetryableError(`${host} ${cause.sentence}`, { code: cause.code, cause: error });
  if (code === 'EPROTO') {
    return new RetryableError(`${host} broke off the TLS handshake. Does it speak TLS on this port?`, {
      code: 'tls',
      cause: error,
    });
  }
  if (TLS_CODES.test(code)) {
    return new PermanentError(
      `The certificate of ${host} is not valid (${code}). It must be renewed there, or come from an authority that this server trusts.`,
      { code: 'tls', cause: error },
    );
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW') {
    return new PermanentError(`${host} answered with headers that are too large.`, {
      code: 'response_too_large',
      cause: error,
    });
  }
  if (code.startsWith('HPE_') || (error instanceof Error && error.name === 'HTTPParserError')) {
    return new PermanentError(`${host} did not answer in HTTP. Check the port.`, {
      code: 'bad_answer',
      cause: error,
    });
  }
  if (code === 'UND_ERR_INVALID_ARG') {
    return new ConfigurationError(`The request to ${host} cannot be sent: ${messageOf(error)}.`, {
      code: 'invalid_request',
      cause: error,
    });
  }
  return new RetryableError(`The connection to ${host} failed (${code || 'no reason given'}).`, {
    code: 'connect_failed',
    cause: error,
  });
}

/** What an abort means: the step's time was up, or whoever aborted says why. */
export function toAbortError(host: string, reason: unknown): StepError {
  if (reason instanceof StepError) return reason;
  const isTimeout = reason instanceof Error && reason.name === 'TimeoutError';
  return isTimeout
    ? new RetryableError(`${host} did not answer within the time of this step.`, {
        code: 'timeout',
        cause: reason,
      })
    : new RetryableError(`The call to ${host} was broken off.`, { code: 'aborted', cause: reason });
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code ?? '') : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown reason';
}
