import { LIMITS, WAIT } from '@hookloom/contracts';
import { defineStep, suspend } from '@hookloom/step-kit';
import { z } from 'zod';
import { FieldsWithoutFiles, optional, Text } from '../fields.js';

const KIND = {
  title: 'Waits for',
  description: 'A call of its URL, or a person’s yes or no.',
  widget: 'select',
} as const;

/** Rests until its URL is called or a person decides. */
export const waitStep = defineStep({
  type: WAIT,
  title: 'Wait',
  description: 'Waits until its URL is called, or until a person approves or rejects.',
  docs: [
    'Its URL is known from the start of the run: a step before it can send `{{ run.resumeUrls.<id of this step> }}` by e-mail or Slack. The URL is signed and works once.',
    'Under “webhook” the URL takes one POST, PUT or PATCH; the body of that request is the output. Under “approval” it opens a page with Approve and Reject; the output is `{ approved, by, comment, fields, decidedAt }`, each field of its own type and null where it was left empty. Both go on by “done”. Only pressing a button decides: opening the page does not.',
    'When the time is up the run goes on by “timeout” with its input passed on. Without a time it waits for a year. Waiting does not count towards the time limit of the workflow.',
  ].join('\n\n'),
  kind: 'wait',
  icon: 'hourglass',
  repeat: 'safe',
  summary: '{kind}',
  synonyms: ['approval', 'approve', 'callback', 'human', 'resume', 'confirm'],
  handles: () => ['done', 'timeout'],
  mainHandle: 'done',
  config: z.object({
    kind: z.enum(['webhook', 'approval']).meta(KIND),
    timeoutSeconds: optional(z.coerce.number().min(1).max(LIMITS.waitSeconds), {
      title: 'Seconds at the most',
      description: 'After this it goes on by “timeout”.',
      widget: 'number',
    }),
    title: optional(Text, {
      title: 'Question',
      description: 'The heading of the approval page.',
      widget: 'template',
    }),
    message: optional(Text, {
      title: 'Text',
      description: 'What the person should know to decide.',
      widget: 'template',
    }),
    fields: optional(FieldsWithoutFiles, {
      title: 'Fields',
      description: 'What the person may fill in.',
      widget: 'json',
      advanced: true,
    }),
  }),
  run: ({ config, now }) => {
    const { kind, title, message, fields } = config;
    const until = now + (config.timeoutSeconds ?? LIMITS.waitSeconds) * 1_000;
    const detail = kind === 'approval' ? { detail: { title, message, fields: fields ?? [] } } : {};
    return suspend(until, 'timeout', { waitsFor: kind, ...detail });
  },
});
