import {
  ConfigurationError,
  PermanentError,
  RetryableError,
  StepError,
  type SmtpServer,
} from '@hookloom/step-kit';

interface SmtpFailure {
  readonly code?: unknown;
  readonly command?: unknown;
  readonly responseCode?: unknown;
}

const UNTRUSTED = /certificate|self.signed|altnames|unable to verify/i;

/** Says what a mail server did, and whether another attempt may help: 4xx may pass, 5xx will not (RFC 5321, 4.2.1). */
export function toMailError(server: Pick<SmtpServer, 'host'>, error: unknown): StepError {
  if (error instanceof StepError) return error;
  const { host } = server;
  const { code, command, responseCode }: SmtpFailure =
    typeof error === 'object' && error !== null ? error : {};
  const status = typeof responseCode === 'number' ? responseCode : undefined;
  const kept = { cause: error, ...(status === undefined ? {} : { status }) };
  if (status !== undefined && status >= 400 && status < 500) {
    return new RetryableError(`${host} cannot take the mail now (${status}). It may later.`, {
      ...kept,
      code: 'smtp_status',
    });
  }
  if (code === 'EAUTH' || code === 'ENOAUTH') {
    return new ConfigurationError(`${host} refused the login. Check user and password of the connection.`, {
      ...kept,
      code: 'smtp_login',
    });
  }
  if (code === 'ETLS' || (code === 'ESOCKET' && UNTRUSTED.test(messageOf(error))))
    return toTlsError(host, error);
  if (status !== undefined) {
    const part =
      command === 'RCPT TO' ? 'the recipients' : command === 'MAIL FROM' ? 'the sender' : 'the mail';
    return new PermanentError(`${host} refused ${part} (${status}).`, { ...kept, code: 'smtp_status' });
  }
  if (code === 'ETIMEDOUT') {
    return new RetryableError(
      `${host} did not answer in time. Is it a mail server, and is “TLS from the first byte” set as it needs?`,
      { ...kept, code: 'timeout' },
    );
  }
  if (code === 'EENVELOPE' || code === 'EMESSAGE') {
    return new PermanentError(`The mail cannot be sent: ${messageOf(error)}.`, {
      ...kept,
      code: 'invalid_mail',
    });
  }
  return new RetryableError(`${host} broke off before the mail was taken.`, {
    ...kept,
    code: 'connection_lost',
  });
}

function toTlsError(host: string, cause: unknown): StepError {
  if (UNTRUSTED.test(messageOf(cause))) {
    return new PermanentError(
      `The certificate of ${host} is not valid. It must be renewed there, or come from an authority that this server trusts.`,
      { code: 'tls', cause },
    );
  }
  return new ConfigurationError(
    `${host} offers no encryption, so the password was not sent. Use a port with TLS, or open this host in HOOKLOOM_ALLOWED_PRIVATE_HOSTS if it is in your own network.`,
    { code: 'tls', cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
