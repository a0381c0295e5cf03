import { RetryableError, type OpenConnection, type StepError } from '@hookloom/step-kit';
import { keptFiles, recordMail, runStep } from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { emailStep } from './email.step.js';

const connection: OpenConnection = {
  key: 'shop-mail',
  type: 'smtp',
  data: {
    host: 'mail.example.com',
    port: 587,
    user: 'shop',
    password: 'long-password',
    from: 'Shop <shop@example.com>',
  },
};
const base = { connection: 'shop-mail', to: 'ana@example.com', subject: 'Hi' };

const EVENT = '0199d9c2-6b1e-7000-8000-0123456789ab';
const files = keptFiles({ [`${EVENT}#1`]: '%PDF', [EVENT]: 'zip' });

async function send(config: Record<string, unknown>, idempotencyKey = 'key-1') {
  const mail = recordMail();
  const outcome = await runStep(emailStep, {
    config: { ...base, ...config },
    connection,
    mail,
    files,
    idempotencyKey,
  });
  if (outcome.kind !== 'output') throw new Error('No output');
  return { ...outcome, server: mail.sent[0]?.server, message: mail.sent[0]?.message };
}

async function failureOf(call: Promise<unknown>): Promise<StepError> {
  try {
    await call;
  } catch (error) {
    return error as StepError;
  }
  throw new Error('It did not fail');
}

describe('email', () => {
  it('sends through its connection, from the address of the connection', async () => {
    const { server, message, output } = await send({ text: 'Hello' });
    expect(server).toMatchObject({
      host: 'mail.example.com',
      port: 587,
      secure: false,
      user: 'shop',
      password: 'long-password',
    });
    expect(message).toMatchObject({
      from: 'Shop <shop@example.com>',
      to: ['ana@example.com'],
      subject: 'Hi',
      text: 'Hello',
    });
    expect(output).toEqual({ messageId: message?.messageId, accepted: ['ana@example.com'], rejected: [] });
  });

  it('takes a text with commas or a list for its recipients', async () => {
    const { message } = await send({
      to: ' ana@example.com , bo@example.com,',
      cc: ['cy@example.com'],
      bcc: null,
      replyTo: '',
      from: 'Other <other@example.org>',
    });
    expect(message).toMatchObject({
      to: ['ana@example.com', 'bo@example.com'],
      cc: ['cy@example.com'],
      bcc: [],
      from: 'Other <other@example.org>',
    });
    expect(message).not.toHaveProperty('replyTo');
  });

  it('has the same Message-ID for all attempts and another for another step', async () => {
    const first = await send({});
    expect(first.message?.messageId).toMatch(/^<[0-9a-f]{40}@example\.com>$/);
    expect((await send({})).message?.messageId).toBe(first.message?.messageId);
    expect((await send({}, 'key-2')).message?.messageId).not.toBe(first.message?.messageId);
  });

  it('turns values that are no text into text', async () => {
    const { message } = await send({ subject: 42, text: { a: 1 } });
    expect(message).toMatchObject({ subject: '42', text: '{"a":1}' });
  });

  it('puts a subject on one line', async () => {
    expect((await send({ subject: 'Hi\r\nBcc: eve@example.com' })).message?.subject).toBe(
      'Hi Bcc: eve@example.com',
    );
  });

  it('attaches files of the trigger: one, a list, and none where a form field was left empty', async () => {
    const pdf = { filename: 'a\n/b.pdf', contentType: 'application/pdf', size: 4, ref: `${EVENT}#1` };
    const whole = { contentType: 'application/zip', size: 3, ref: EVENT };
    const sent = { filename: 'b.pdf', contentType: 'application/pdf', content: Buffer.from('%PDF') };
    const attached = async (attachments: unknown) =>
      (await send({ attachments })).message?.attachments?.map(({ content, ...file }) => ({
        ...file,
        content: Buffer.from(content),
      }));
    expect(await attached(pdf)).toEqual([sent]);
    expect(await attached([[pdf, null], whole, null, ''])).toEqual([
      sent,
      { filename: 'file.zip', contentType: 'application/zip', content: Buffer.from('zip') },
    ]);
    expect(await attached(null)).toEqual([]);
    expect(await attached([null])).toEqual([]);
  });

  it('refuses an attachment that is no file', async () => {
    await expect(send({ attachments: ['invoice.pdf'] })).rejects.toThrow('This is no file');
  });

  it('sends attachments of text and base64', async () => {
    const attachments = [
      { filename: 'a.txt', content: 'hi' },
      { filename: 'b.bin', content: 'aGk=', encoding: 'base64', contentType: 'x/y' },
    ];
    const { message } = await send({ attachments });
    expect(message?.attachments).toEqual([
      { filename: 'a.txt', content: Buffer.from('hi') },
      { filename: 'b.bin', content: Buffer.from('hi'), contentType: 'x/y' },
    ]);
  });

  it.each([
    ['Ana <ana@example.com>'],
    [['ana@example.com, eve@example.com']],
    ['"ana"@example.com'],
    ['ana@example.com\nBcc: eve@example.com'],
    [' , '],
  ])('refuses %j as recipient', async (to) => {
    expect(await failureOf(send({ to }))).toMatchObject({
      name: 'ConfigurationError',
      code: 'invalid_address',
    });
  });

  it('shows what was sent without the password', async () => {
    const { detail } = await send({ text: 'Your password is long-password' });
    expect(detail).toMatchObject({
      server: 'mail.example.com',
      subject: 'Hi',
      text: 'Your password is [hidden]',
    });
    expect(JSON.stringify(detail)).not.toContain('long-password');
  });

  it('keeps what was to be sent when the server does not take it', async () => {
    const mail = { ...recordMail(), send: () => Promise.reject(new RetryableError('busy')) };
    const error = await failureOf(runStep(emailStep, { config: base, connection, mail }));
    expect(error.options.detail).toMatchObject({ to: ['ana@example.com'] });
  });

  it('needs a mail connection', async () => {
    const other = { key: 'x', type: 'http.bearer', data: { token: 't' } };
    for (const wrong of [{}, { connection: other }]) {
      expect(await failureOf(runStep(emailStep, { config: base, ...wrong }))).toMatchObject({
        code: 'wrong_connection',
      });
    }
  });
});
