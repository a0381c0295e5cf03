import {
  isWorthRepeating,
  RetryableError,
  StepError,
  type HttpClient,
  type MailClient,
} from '@hookloom/step-kit';
import type { HostVerdict, Pace } from './pace.js';

/** The HTTP client of one attempt of a step. */
export function pacedHttp(http: HttpClient, pace: Pace): HttpClient {
  return {
    async send(request) {
      const { url, signal } = request;
      // What is no address is refused by the client itself.
      if (!URL.canParse(url)) return http.send(request);
      return pace.call({
        host: new URL(url).host,
        signal,
        send: () => http.send(request),
        problemOf: ({ status }) => (isWorthRepeating(status) ? `it answered ${status}` : undefined),
        verdictOn: (error) => (error instanceof RetryableError ? { problem: error.message } : undefined),
      });
    },
  };
}

/** The mail client of one attempt of a step. */
export function pacedMail(mail: MailClient, pace: Pace): MailClient {
  return {
    send: (server, message, signal) =>
      pace.call({
        host: `${server.host.toLowerCase()}:${server.port}`,
        signal,
        send: () => mail.send(server, message, signal),
        problemOf: () => undefined,
        verdictOn: verdictOnServer,
      }),
    check: (server, signal) => mail.check(server, signal),
  };
}

/** SMTP statuses that are about the server; the others say that this mail or its recipient must wait (RFC 5321, 4.2.3). */
const OF_THE_SERVER: ReadonlySet<number> = new Set([421, 454]);

function verdictOnServer(error: unknown): HostVerdict | undefined {
  if (!(error instanceof StepError)) return undefined;
  const { message, options } = error;
  if (options.status !== undefined)
    return { problem: OF_THE_SERVER.has(options.status) ? message : undefined };
  return error instanceof RetryableError ? { problem: message } : undefined;
}
