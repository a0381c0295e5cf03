import { z } from 'zod';
import { Key } from './keys.js';
import { WORKFLOW_STATUSES } from './words.js';

const Time = z.iso.datetime();

/** Hours that `EndpointHealth` tells of. */
export const HEALTH_HOURS = 24;

const Counts = z.object({
  taken: z.int().meta({ description: 'Accepted, captured or held.' }),
  duplicate: z.int(),
  rejected: z.int(),
});

/** Whether an endpoint is silent for longer than is usual for it. */
export const SilenceView = z
  .object({
    state: z.enum(['off', 'learning', 'watching', 'silent']).meta({
      description:
        '`off`: by its settings, or because no live workflow starts from it. `learning`: too little came yet to know what is usual.',
    }),
    afterSeconds: z.int().optional().meta({ description: 'From when on it counts as silent.' }),
    usualSeconds: z.int().optional().meta({ description: 'The usual time between two events.' }),
    since: Time.optional().meta({ description: 'When the last event came, while it is silent.' }),
  })
  .meta({ id: 'EndpointSilence' });
export type SilenceView = z.infer<typeof SilenceView>;

/** How an endpoint does: counted when somebody looks, at most 250,000 events an hour. */
export const EndpointHealth = z
  .object({
    lastEventAt: Time.nullable(),
    hours: z.array(Counts).length(HEALTH_HOURS).meta({ description: 'The oldest hour first.' }),
    silence: SilenceView,
  })
  .meta({ id: 'EndpointHealth' });
export type EndpointHealth = z.infer<typeof EndpointHealth>;

/** A workflow that names an endpoint in its draft or live version, with what its own runs did in 24 hours. */
export const EndpointWorkflow = z
  .object({
    workflowId: z.uuid(),
    key: Key,
    name: z.string(),
    status: z.enum(WORKFLOW_STATUSES),
    stepId: z.string(),
    filter: z.string().optional().meta({ description: 'Of the live version, else of the draft.' }),
    isStarted: z.boolean().meta({ description: 'Events of this endpoint start its live version.' }),
    runs: z.object({ succeeded: z.int(), failed: z.int(), skipped: z.int() }),
  })
  .meta({ id: 'EndpointWorkflow' });
export type EndpointWorkflow = z.infer<typeof EndpointWorkflow>;

const Validity = z.object({ createdAt: Time, expiresAt: Time.nullable() });

/** Tokens and secrets that are good now, the newest first: more than one while a rotation overlaps. */
export const EndpointKeys = z
  .object({ tokens: z.array(Validity), secrets: z.array(Validity) })
  .meta({ id: 'EndpointKeys' });
export type EndpointKeys = z.infer<typeof EndpointKeys>;
