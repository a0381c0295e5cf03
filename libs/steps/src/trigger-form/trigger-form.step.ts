import { FORM_TRIGGER, FormFields, Key } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { optional } from '../fields.js';

const Redirect = z
  .string()
  .trim()
  .max(2048)
  .refine(
    (url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol),
    'Write a whole address that begins with https://.',
  );

/** Starts a run for every form that a person sends; its values are trigger.body. */
export const triggerFormStep = defineStep({
  type: FORM_TRIGGER,
  title: 'Form',
  description: 'Starts when a person fills in a page that is made from its fields.',
  docs: [
    'The page has an address of its own, which is there as soon as the step is saved and stays the same. It works without scripts, and everything is checked on the server.',
    '`trigger.body` holds the values by field name, each of its own type: a number for “number”, true or false for “checkbox”, a list for “several”, `{ filename, contentType, size, ref }` for “file”, null for what was left empty.',
    'What is sent is stored as an event before the person is thanked, so it can be looked at and replayed like any other. While the workflow is not live it is kept and the page says so; while it is paused it is held and runs when the workflow goes on. Pressing the button twice makes one event.',
    'A page with files takes up to 16 MB in all. Files can be sent on by `email` and `http`, such as `{{ trigger.body.cv }}`.',
  ].join('\n\n'),
  kind: 'trigger',
  icon: 'clipboard-list',
  repeat: 'pure',
  summary: '{title}',
  synonyms: ['page', 'survey', 'questionnaire', 'contact', 'upload', 'input'],
  handles: () => ['out'],
  ignoresConfig: true,
  config: z.object({
    endpoint: optional(Key, {
      title: 'Address',
      description: 'Where the page is. Left out: a new address is made when saving.',
      widget: 'endpoint',
    }),
    title: optional(z.string().max(200), { title: 'Title', placeholder: 'Contact us', widget: 'plain' }),
    text: optional(z.string().max(4_000), {
      title: 'Text',
      description: 'What stands above the fields.',
      widget: 'plain',
      multiline: true,
    }),
    fields: optional(FormFields, {
      title: 'Fields',
      description: 'What the person fills in, in this order.',
      widget: 'json',
    }),
    button: optional(z.string().max(60), {
      title: 'Button',
      placeholder: 'Send',
      widget: 'plain',
      advanced: true,
    }),
    thanks: optional(z.string().max(4_000), {
      title: 'Thank-you text',
      description: 'What the person reads after sending.',
      placeholder: 'Thank you. It has arrived.',
      widget: 'plain',
      multiline: true,
      advanced: true,
    }),
    redirect: optional(Redirect, {
      title: 'Then go to',
      description: 'An address that is opened instead of the thank-you text.',
      placeholder: 'https://example.com/thanks',
      widget: 'plain',
      advanced: true,
    }),
  }),
  run: () => passOn('out'),
});
