import { Key, WEBHOOK_TRIGGER } from '@hookloom/contracts';
import { defineStep, passOn } from '@hookloom/step-kit';
import { z } from 'zod';
import { optional } from '../fields.js';

/** Starts a run for every event of an endpoint; without a way on, where `filter` does not hold, it is skipped. */
export const triggerWebhookStep = defineStep({
  type: WEBHOOK_TRIGGER,
  title: 'Webhook',
  description: 'Starts when a request reaches the URL of an endpoint.',
  docs: [
    'One endpoint may start any number of workflows. A workflow saved without an endpoint gets a new one of its own.',
    'Files of a multipart delivery are `{ filename, contentType, size, ref }` in `trigger.body`; a body that is neither JSON, form, XML nor text is `{ contentType, size, ref }`. `email` and `http` send them on.',
    'When the filter does not hold, the run ends as skipped and nothing is done.',
  ].join('\n\n'),
  kind: 'trigger',
  icon: 'webhook',
  repeat: 'pure',
  summary: '{endpoint}',
  synonyms: ['http request', 'callback', 'incoming', 'url', 'hook'],
  handles: () => ['out'],
  config: z.object({
    sender: optional(z.string().max(64), {
      title: 'Sender',
      description: 'For whom a new endpoint is made: it decides how requests are verified.',
      widget: 'sender',
    }),
    endpoint: optional(Key, {
      title: 'Endpoint',
      description: 'Whose events start this workflow. Left out: a new endpoint is made when saving.',
      widget: 'endpoint',
    }),
    filter: optional(z.string().max(65_536), {
      title: 'Filter',
      description: 'Only events for which this holds are run, for example: trigger.body.action = "opened"',
      widget: 'condition',
      advanced: true,
    }),
  }),
  run: ({ evaluated }) => passOn((evaluated['filter']?.holds() ?? true) ? 'out' : null),
});
