import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { SELF_SIGNED } from './self-signed.js';

/** One mail as it arrived, parsed back. */
export interface ReceivedMail {
  readonly from: string;
  /** Who the server was told to deliver to: To, Cc and Bcc. */
  readonly recipients: readonly string[];
  readonly message: Email;
  readonly raw: Buffer;
  /** Whether it came over TLS. */
  readonly isEncrypted: boolean;
}

export interface SmtpStandInOptions {
  /** Login that is asked for; none: everyone may send. */
  readonly login?: { readonly user: string; readonly password: string };
  /** TLS from the first byte, with a self-signed certificate. */
  readonly secure?: boolean;
  /** Default true: STARTTLS is offered, with a self-signed certificate. */
  readonly startTls?: boolean;
  /** SMTP status to refuse a recipient with; `undefined` accepts. */
  readonly refuse?: (recipient: string) => number | undefined;
}

/** A real SMTP server that keeps the mails it takes. */
export interface SmtpStandIn {
  readonly host: string;
  readonly port: number;
  readonly mails: readonly ReceivedMail[];
  /** Resolves as soon as `count` mails have arrived. */
  waitFor(count: number): Promise<readonly ReceivedMail[]>;
  close(): Promise<void>;
}

/** Starts a mail server on a free port of 127.0.0.1. */
export async function startSmtpServer(options: SmtpStandInOptions = {}): Promise<SmtpStandIn> {
  const mails: ReceivedMail[] = [];
  const waiting = new Set<() => void>();
  const server = new SMTPServer(
    toServerOptions(options, (mail) => {
      mails.push(mail);
      for (const check of waiting) check();
    }),
  );
  server.on('error', () => undefined); // a client that breaks off is part of the tests
  const port = await new Promise<number>((resolve) => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  return {
    host: '127.0.0.1',
    port,
    mails,
    waitFor: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (mails.length < count) return;
          waiting.delete(check);
          resolve(mails);
        };
        waiting.add(check);
        check();
      }),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function toServerOptions(
  { login, secure = false, startTls = true, refuse }: SmtpStandInOptions,
  keep: (mail: ReceivedMail) => void,
): SMTPServerOptions {
  return {
    ...SELF_SIGNED,
    secure,
    authOptional: login === undefined,
    allowInsecureAuth: true,
    closeTimeout: 100,
    disableReverseLookup: true,
    disabledCommands: startTls ? [] : ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) => {
      if (login && username === login.user && password === login.password) done(null, { user: username });
      else done(refusal(535, 'Login refused'));
    },
    onRcptTo: ({ address }, _session, done) => {
      const status = refuse?.(address);
      if (status === undefined) done();
      else done(refusal(status, 'Recipient refused'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        const { mailFrom, rcptTo } = session.envelope;
        void PostalMime.parse(raw).then((message) => {
          keep({
            from: mailFrom === false ? '' : mailFrom.address,
            recipients: rcptTo.map(({ address }) => address),
            message,
            raw,
            isEncrypted: session.secure,
          });
          done();
        }, done);
      });
    },
  };
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
