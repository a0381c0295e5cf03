import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import {
  ConfigurationError,
  isPlainAddress,
  parseSender,
  type MailClient,
  type MailMessage,
  type SmtpServer,
} from '@hookloom/step-kit';
import { createTransport, type SendMailOptions } from 'nodemailer';
import { AddressGuard, isPrivateAddress } from './address-guard.js';
import type { AllowedHosts } from './allowed-hosts.js';
import { connectGuarded } from './guarded-socket.js';
import { toMailError } from './mail-errors.js';
import { toAbortError } from './network-errors.js';

const GREETING_TIMEOUT_MS = 15_000;
const SOCKET_TIMEOUT_MS = 60_000;

/** The one way out for mail: the host passes the same guard as every URL. One connection a message. */
export class EgressMailClient implements MailClient {
  private readonly guard: AddressGuard;

  constructor(
    allowed: AllowedHosts,
    private readonly connectTimeoutMs: number,
  ) {
    this.guard = new AddressGuard(allowed);
  }

  async send(server: SmtpServer, message: MailMessage, signal: AbortSignal) {
    const mail = toMail(message);
    return this.withTransport(server, signal, async (transport) => {
      const { accepted, rejected } = await transport.sendMail(mail);
      return { messageId: message.messageId, accepted: accepted.map(toText), rejected: rejected.map(toText) };
    });
  }

  async check(server: SmtpServer, signal: AbortSignal): Promise<void> {
    await this.withTransport(server, signal, (transport) => transport.verify());
  }

  private async withTransport<T>(
    server: SmtpServer,
    signal: AbortSignal,
    use: (transport: ReturnType<typeof openTransport>) => Promise<T>,
  ): Promise<T> {
    const { host, port } = server;
    const socket = await connectGuarded(this.guard, { host, port, timeoutMs: this.connectTimeoutMs, signal });
    const onAbort = (): void => void socket.destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    const transport = openTransport(server, socket);
    try {
      return await use(transport);
    } catch (error) {
      throw signal.aborted ? toAbortError(host, signal.reason) : toMailError(server, error);
    } finally {
      signal.removeEventListener('abort', onAbort);
      transport.close();
      socket.destroySoon();
    }
  }
}

/**
 * STARTTLS is used where offered. A password leaves for a public host only encrypted; in the operator's own network,
 * where certificates are often self-signed, an encryption without proof is taken over none.
 */
function openTransport(server: SmtpServer, socket: Socket) {
  const { host, port, secure, user, password } = server;
  const isOwnNetwork = isPrivateAddress(socket.remoteAddress);
  return createTransport({
    connection: socket,
    host,
    port,
    secure,
    requireTLS: !secure && user !== undefined && !isOwnNetwork,
    greetingTimeout: GREETING_TIMEOUT_MS,
    socketTimeout: SOCKET_TIMEOUT_MS,
    tls: { ...(isIP(host) === 0 ? { servername: host } : {}), rejectUnauthorized: secure || !isOwnNetwork },
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === undefined ? {} : { auth: { user, pass: password ?? '' } }),
  });
}

/** Addresses as objects, never as texts that would be parsed once more. */
function toMail(message: MailMessage): SendMailOptions {
  return {
    from: sender(message.from, 'From'),
    to: recipients(message.to),
    cc: recipients(message.cc ?? []),
    bcc: recipients(message.bcc ?? []),
    ...(message.replyTo === undefined ? {} : { replyTo: sender(message.replyTo, 'Reply to') }),
    subject: message.subject,
    text: message.text ?? (message.html === undefined ? '' : undefined),
    html: message.html,
    messageId: message.messageId,
    attachments: (message.attachments ?? []).map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      content: Buffer.from(content.buffer, content.byteOffset, content.byteLength),
    })),
  };
}

function recipients(addresses: readonly string[]) {
  return addresses.map((address) => {
    if (isPlainAddress(address)) return { name: '', address };
    throw new ConfigurationError(`“${address.slice(0, 60)}” is no plain e-mail address.`, {
      code: 'invalid_address',
    });
  });
}

function sender(text: string, field: string) {
  const parsed = parseSender(text);
  if (parsed) return { ...parsed };
  throw new ConfigurationError(
    `${field}: “${text.slice(0, 60)}” is no e-mail address. Write ana@example.com, or Ana <ana@example.com>.`,
    { code: 'invalid_address' },
  );
}

function toText(recipient: string | { address: string }): string {
  return typeof recipient === 'string' ? recipient : recipient.address;
}
