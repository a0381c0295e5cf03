import { RESPOND } from '@hookloom/contracts';
import { defineStep, respond } from '@hookloom/step-kit';
import { z } from 'zod';
import { NameValues, optional, wholeNumber } from '../fields.js';

/** Answers the request that started the run, where its endpoint waits for that. */
export const respondStep = defineStep({
  type: RESPOND,
  title: 'Respond',
  description: 'Answers the request that started the run, and gives a calling workflow its result.',
  docs: 'The request is answered where its endpoint answers with “wait”; the first answer counts, and the run goes on after it. In a run that another workflow started, the body is what that workflow’s step gives. Text is sent as it is, anything else as JSON. Headers that would speak for this server are left out.',
  kind: 'send',
  icon: 'reply',
  repeat: 'safe',
  summary: '{status}',
  synonyms: ['reply', 'answer', 'return', 'response', 'webhook response'],
  handles: () => ['out'],
  config: z.object({
    status: wholeNumber(
      { min: 200, max: 599, fallback: 200 },
      { title: 'Status', description: 'HTTP status of the answer.' },
    ),
    headers: optional(NameValues, {
      title: 'Headers',
      description: 'For example: content-type',
      widget: 'key-values',
      advanced: true,
    }),
    body: optional(z.unknown(), {
      title: 'Body',
      description: 'Text, or an expression that gives any value.',
      widget: 'template',
    }),
  }),
  run: ({ config }) =>
    respond({ status: config.status, headers: joined(config.headers ?? {}), body: config.body ?? null }),
});

function joined(headers: NameValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
