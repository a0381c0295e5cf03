import type { FieldMeta } from '@hookloom/step-kit';
import { z } from 'zod';
import { connection, optional, Text, text } from '../fields.js';

const Recipients = z.union([z.array(Text).min(1), Text]);

function recipients(title: string, advanced: boolean) {
  return optional(Recipients, {
    title,
    description: 'Addresses with commas between them, or a list.',
    widget: 'template',
    advanced,
  });
}

/** A file sent along; `content` is text, or base64 with `encoding: "base64"`. */
const Attachment = z.object({
  filename: z.string().min(1).max(255),
  content: z.preprocess((value) => (typeof value === 'object' ? JSON.stringify(value) : value), z.string()),
  contentType: z.string().max(200).optional(),
  encoding: z.enum(['text', 'base64']).default('text'),
});

/** The settings of an `email` step. */
export const EmailConfig = z.object({
  connection: connection('The mail account that sends.'),
  to: Recipients.meta({
    title: 'To',
    description: 'Addresses with commas between them, or a list.',
    placeholder: 'ana@example.com',
    widget: 'template',
  } satisfies FieldMeta),
  subject: text({ title: 'Subject', widget: 'template' }),
  text: optional(Text, { title: 'Text', widget: 'template' }),
  html: optional(Text, {
    title: 'HTML',
    description: 'Shown instead of the text where the reader’s program can.',
    widget: 'template',
    advanced: true,
  }),
  cc: recipients('Cc', true),
  bcc: recipients('Bcc', true),
  replyTo: optional(Text, {
    title: 'Reply to',
    description: 'Where answers go, if not to the sender.',
    widget: 'template',
    advanced: true,
  }),
  from: optional(Text, {
    title: 'From',
    description: 'An address, or a name with an address in <>. Left out: the connection’s.',
    widget: 'template',
    advanced: true,
  }),
  attachments: optional(z.array(Attachment).max(50), {
    title: 'Attachments',
    description: 'A list of {filename, content, contentType, encoding}; encoding is text or base64.',
    widget: 'json',
    advanced: true,
  }),
});
export type EmailConfig = z.infer<typeof EmailConfig>;
