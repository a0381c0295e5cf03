import { createServer } from 'node:net';
import type { MailMessage, SmtpServer, StepError } from '@hookloom/step-kit';
import { startSmtpServer, type SmtpStandIn } from '@hookloom/testing/smtp';
import { afterEach, describe, expect, it } from 'vitest';
import { parseAllowedHosts } from './allowed-hosts.js';
import { createEgress } from './egress.js';

const { mail } = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.1') });
const signal = new AbortController().signal;
let smtp: SmtpStandIn | undefined;
afterEach(() => smtp?.close());

function aMessage(more: Partial<MailMessage> = {}): MailMessage {
  return {
    from: 'Shop <shop@example.com>',
    to: ['ana@example.com'],
    subject: 'Thank you, Zoë',
    text: 'Your total: 5 €',
    messageId: '<abc@example.com>',
    ...more,
  };
}

function serverOf({ host, port }: SmtpStandIn, more: Partial<SmtpServer> = {}): SmtpServer {
  return { host, port, secure: false, ...more };
}

async function failureOf(call: Promise<unknown>): Promise<StepError> {
  try {
    await call;
  } catch (error) {
    return error as StepError;
  }
  throw new Error('It did not fail');
}

describe('a mail', () => {
  it('arrives with all its parts and a Message-ID of our choice', async () => {
    smtp = await startSmtpServer();
    const sent = await mail.send(
      serverOf(smtp),
      aMessage({
        cc: ['bo@example.com'],
        bcc: ['eve@example.com'],
        replyTo: '"Help, desk" <help@example.com>',
        html: '<p>5 €</p>',
        attachments: [{ filename: 'ré.txt', contentType: 'text/plain', content: Buffer.from('hello') }],
      }),
      signal,
    );
    expect(sent).toEqual({
      messageId: '<abc@example.com>',
      accepted: ['ana@example.com', 'bo@example.com', 'eve@example.com'],
      rejected: [],
    });
    const [received] = await smtp.waitFor(1);
    expect(received).toMatchObject({ from: 'shop@example.com', isEncrypted: true });
    expect(received?.recipients).toEqual(['ana@example.com', 'bo@example.com', 'eve@example.com']);
    expect(received?.message).toMatchObject({
      messageId: '<abc@example.com>',
      subject: 'Thank you, Zoë',
      from: { name: 'Shop', address: 'shop@example.com' },
      replyTo: [{ name: 'Help, desk', address: 'help@example.com' }],
    });
    expect(received?.message.text?.trim()).toBe('Your total: 5 €');
    expect(received?.message.html?.trim()).toBe('<p>5 €</p>');
    expect(received?.message.attachments[0]?.filename).toBe('ré.txt');
    expect(received?.raw.toString()).not.toContain('eve@example.com');
  });

  it('goes without encryption where none is offered and no password is at stake', async () => {
    smtp = await startSmtpServer({ startTls: false });
    await mail.send(serverOf(smtp), aMessage(), signal);
    expect(smtp.mails[0]?.isEncrypted).toBe(false);
  });

  it('names the recipients that the server refused', async () => {
    smtp = await startSmtpServer({ refuse: (to) => (to === 'no@example.com' ? 550 : undefined) });
    const sent = await mail.send(
      serverOf(smtp),
      aMessage({ to: ['ana@example.com', 'no@example.com'] }),
      signal,
    );
    expect(sent).toMatchObject({ accepted: ['ana@example.com'], rejected: ['no@example.com'] });
  });

  it.each([
    'a@b.c, d@e.f',
    'Ana <ana@example.com>',
    '"ana"@example.com',
    'ana@example.com (work)',
    'ana@example.com\r\nBcc: eve@example.com',
    'ana@example.com>',
    'ana',
    '',
  ])('to %j is refused before anything is sent', async (address) => {
    smtp = await startSmtpServer();
    const error = await failureOf(mail.send(serverOf(smtp), aMessage({ to: [address] }), signal));
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'invalid_address' });
    expect(smtp.mails).toHaveLength(0);
  });

  it('with a line break in its subject gains no header', async () => {
    smtp = await startSmtpServer();
    await mail.send(serverOf(smtp), aMessage({ subject: 'Hi\r\nBcc: eve@example.com' }), signal);
    expect(smtp.mails[0]?.message.bcc).toBeUndefined();
    expect(smtp.mails[0]?.recipients).toEqual(['ana@example.com']);
  });
});

describe('a login', () => {
  const login = { user: 'shop', password: 'right-password' };

  it('works', async () => {
    smtp = await startSmtpServer({ login });
    await mail.check(serverOf(smtp, login), signal);
    await mail.send(serverOf(smtp, login), aMessage(), signal);
    expect(smtp.mails).toHaveLength(1);
  });

  it('that is refused asks for the connection to be changed', async () => {
    smtp = await startSmtpServer({ login });
    const wrong = serverOf(smtp, { user: 'shop', password: 'wrong-password' });
    for (const call of [() => mail.check(wrong, signal), () => mail.send(wrong, aMessage(), signal)]) {
      const error = await failureOf(call());
      expect(error).toMatchObject({ name: 'ConfigurationError', code: 'smtp_login' });
      expect(error.message).not.toContain('wrong-password');
    }
  });
});

describe('a refusal', () => {
  it.each([
    [450, 'RetryableError'],
    [550, 'PermanentError'],
  ])('with %i is a %s', async (status, name) => {
    smtp = await startSmtpServer({ refuse: () => status });
    const error = await failureOf(mail.send(serverOf(smtp), aMessage(), signal));
    expect(error).toMatchObject({ name, code: 'smtp_status' });
    expect(error.options.status).toBe(status);
  });
});

describe('the way to a mail server', () => {
  it.each(['127.0.0.2', '0x7f.2', '169.254.169.254', '::1'])('is guarded: %s', async (host) => {
    const server = { host, port: 25, secure: false };
    for (const call of [() => mail.check(server, signal), () => mail.send(server, aMessage(), signal)]) {
      expect(await failureOf(call())).toMatchObject({
        name: 'ConfigurationError',
        code: 'address_not_allowed',
      });
    }
  });

  it('that refuses the connection may be tried again', async () => {
    smtp = await startSmtpServer();
    const server = serverOf(smtp);
    await smtp.close();
    expect(await failureOf(mail.check(server, signal))).toMatchObject({
      name: 'RetryableError',
      code: 'connect_refused',
    });
  });

  it('with TLS from the first byte needs a certificate that can be trusted', async () => {
    smtp = await startSmtpServer({ secure: true });
    expect(await failureOf(mail.check(serverOf(smtp, { secure: true }), signal))).toMatchObject({
      code: 'tls',
    });
  });

  it('is given up when the time of the step is up, though the server says nothing', async () => {
    const silent = createServer();
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const server = { host: '127.0.0.1', port, secure: false };
    const error = await failureOf(mail.send(server, aMessage(), AbortSignal.timeout(100)));
    expect(error).toMatchObject({ name: 'RetryableError', code: 'timeout' });
    silent.close();
  });
});
