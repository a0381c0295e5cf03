import type { FieldMeta } from '@hookloom/step-kit';
import { z } from 'zod';
import { FileValue } from '../files.js';
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

/** A file or a list of files; a field of a form that was left empty is none. */
const Attachments = z.preprocess(
  (value) => [value].flat(2).filter((one) => one !== null && one !== undefined && one !== ''),
  z.array(FileValue).max(50),
);

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
  attachments: optional(Attachments, {
    title: 'Attachments',
    description:
      'A file of the trigger such as {{ trigger.body.invoice }}, a list of them, or {filename, content, contentType, encoding}; encoding is text or base64.',
    widget: 'json',
    advanced: true,
  }),
});
export type EmailConfig = z.infer<typeof EmailConfig>;
