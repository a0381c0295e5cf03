import { z } from 'zod';
import { Key } from './keys.js';

const Time = z.iso.datetime();

/** Where an alert goes: a mail account with addresses, a Slack webhook, or a Slack bot with a channel. */
export const AlertTarget = z
  .object({
    connection: Key.meta({ description: 'Of the type smtp, slack.webhook or slack.bot.' }),
    to: z.string().trim().min(3).max(2_000).optional().meta({
      description: 'smtp: addresses with commas between them.',
    }),
    channel: z.string().trim().min(1).max(200).optional().meta({ description: 'slack.bot.' }),
  })
  .meta({ id: 'AlertTarget' });
export type AlertTarget = z.infer<typeof AlertTarget>;

/** Who is told of what, and how often. */
export const AlertSettings = z
  .object({
    targets: z.array(AlertTarget).max(10).default([]),
    onFailure: z.boolean().default(true),
    onSilence: z.boolean().default(true),
    onRecovery: z.boolean().default(false),
    quietMinutes: z.int().min(5).max(1_440).default(60).meta({
      description: 'After a message, what goes on failing is gathered for this long.',
    }),
  })
  .meta({ id: 'AlertSettings' });
export type AlertSettings = z.infer<typeof AlertSettings>;

/** A workflow's own word: `project` follows the project's settings. */
export const WorkflowAlerts = z
  .object({ mode: z.enum(['project', 'own', 'off']), settings: AlertSettings.optional() })
  .refine(({ mode, settings }) => mode !== 'own' || settings !== undefined, {
    path: ['settings'],
    message: 'Say where its alerts go.',
  })
  .meta({ id: 'WorkflowAlerts' });
export type WorkflowAlerts = z.infer<typeof WorkflowAlerts>;

/** Something that is wrong, from its first failure until it went well again. */
export const AlertView = z
  .object({
    id: z.uuid(),
    kind: z.enum(['workflow', 'endpoint']),
    subjectId: z.uuid(),
    name: z.string(),
    openedAt: Time,
    lastAt: Time,
    count: z.int().meta({ description: 'Failures since it was opened; 1 for a silent endpoint.' }),
    runId: z.uuid().optional().meta({ description: 'The newest run that failed.' }),
    message: z.string(),
    toldAt: Time.nullable().meta({ description: 'When somebody was told last.' }),
    closedAt: Time.nullable(),
  })
  .meta({ id: 'Alert' });
export type AlertView = z.infer<typeof AlertView>;

/** One message of an alert on its way to one target. */
export const AlertMessageView = z
  .object({
    id: z.uuid(),
    connection: z.string(),
    subject: z.string(),
    createdAt: Time,
    status: z.enum(['waiting', 'sent', 'given_up']),
    tries: z.int(),
    sentAt: Time.nullable(),
    error: z.string().optional().meta({ description: 'Why the last try failed.' }),
  })
  .meta({ id: 'AlertMessage' });
export type AlertMessageView = z.infer<typeof AlertMessageView>;
