import { createHash } from 'node:crypto';
import { CONNECTION_TYPES } from '@hookloom/contracts';
import {
  ConfigurationError,
  createRedactor,
  defineStep,
  output,
  StepError,
  type MailMessage,
  type OpenConnection,
  type StepContext,
} from '@hookloom/step-kit';
import { secretsIn } from '../exchange.js';
import { openFiles } from '../files.js';
import { domainOf, parseRecipients } from './addresses.js';
import { EmailConfig } from './email.config.js';

/** Mail bodies in an attempt's detail are cut here, in characters. */
const MAX_DETAIL_TEXT = 16 * 1024;

/** Sends one mail. */
export const emailStep = defineStep<EmailConfig>({
  type: 'email',
  title: 'Send e-mail',
  description: 'Sends a mail through your own mail server.',
  docs: [
    'Give a text, an HTML version or both. The output is {messageId, accepted, rejected}.',
    'Attachments are files that came with the run’s event (`{{ trigger.body.invoice }}`, or `{{ trigger.body }}` where the whole body is one), what an `http` step got that is neither JSON nor text (`{{ steps.download.body }}`), or written as `{filename, content}`. Another name: `{{ $merge([trigger.body.invoice, {"filename": "invoice.pdf"}]) }}`. All together may have 16 MiB; many mail servers take less.',
    'The Message-ID stays the same for all attempts, so that a mail sent twice can be recognised.',
  ].join('\n\n'),
  kind: 'send',
  icon: 'mail',
  repeat: 'unsafe',
  summary: '{to}: {subject}',
  synonyms: ['mail', 'smtp', 'message', 'notify'],
  handles: () => ['out'],
  connection: { types: ['smtp'], required: true },
  config: EmailConfig,
  run: runEmail,
});

async function runEmail({
  config,
  connection,
  mail,
  files,
  idempotencyKey,
  signal,
}: StepContext<EmailConfig>) {
  const server = serverOf(connection);
  const head = messageOf(config, server.from, idempotencyKey);
  const opened = await openFiles(config.attachments ?? [], files);
  // Without a type the mail client goes by the ending of the name.
  const attachments = opened.map(({ contentType, ...file }) => ({
    ...file,
    ...(contentType === undefined ? {} : { contentType }),
  }));
  const message = { ...head, attachments };
  const detail = createRedactor(secretsIn(connection)).value(showMessage(server.host, message));
  try {
    const { messageId, accepted, rejected } = await mail.send(server, message, signal);
    return output({ messageId, accepted, rejected }, { detail });
  } catch (error) {
    throw error instanceof StepError ? error.withDetail(detail) : error;
  }
}

function serverOf(connection: OpenConnection | undefined) {
  if (connection?.type === 'smtp') return CONNECTION_TYPES.smtp.parse(connection.data);
  throw new ConfigurationError('This step needs a mail connection (smtp). Choose one.', {
    code: 'wrong_connection',
  });
}

function messageOf(config: EmailConfig, connectionFrom: string, idempotencyKey: string): MailMessage {
  const to = parseRecipients(config.to, 'To');
  if (to.length === 0) {
    throw new ConfigurationError('To has no address. Fill it in, or check that its expression gives one.', {
      code: 'invalid_address',
    });
  }
  const from = config.from ?? connectionFrom;
  return {
    from,
    to,
    cc: parseRecipients(config.cc, 'Cc'),
    bcc: parseRecipients(config.bcc, 'Bcc'),
    subject: config.subject.replace(/\s*[\r\n]+\s*/g, ' '),
    messageId: messageIdOf(idempotencyKey, from),
    ...(config.text === undefined ? {} : { text: config.text }),
    ...(config.replyTo === undefined ? {} : { replyTo: config.replyTo }),
    ...(config.html === undefined ? {} : { html: config.html }),
  };
}

/** RFC 5322, 3.6.4. The key is hashed, since it may hold characters that have a meaning there. */
function messageIdOf(idempotencyKey: string, from: string): string {
  const digest = createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 40);
  return `<${digest}@${domainOf(from)}>`;
}

function showMessage(host: string, message: MailMessage): unknown {
  const { attachments = [], text, html, ...head } = message;
  return {
    server: host,
    ...head,
    text: text?.slice(0, MAX_DETAIL_TEXT),
    html: html?.slice(0, MAX_DETAIL_TEXT),
    attachments: attachments.map(({ filename, contentType, content }) => ({
      filename,
      contentType,
      bytes: content.byteLength,
    })),
  };
}
