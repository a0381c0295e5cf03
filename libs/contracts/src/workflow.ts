import { z } from 'zod';
import { Key } from './keys.js';
import { WorkflowSetup } from './template.js';
import { WorkflowDefinition, WorkflowProblem } from './workflow-document.js';
import { RUN_STATUSES, WORKFLOW_STATUSES } from './words.js';

const Time = z.iso.datetime();
const Name = z.string().trim().min(1).max(200);

export const WorkflowInput = z
  .object({ name: Name, key: Key.optional(), definition: WorkflowDefinition })
  .meta({ id: 'WorkflowInput' });
export type WorkflowInput = z.infer<typeof WorkflowInput>;

/** Body of `PUT /workflows/{id}`; `revision` is the one the change was made from. */
export const WorkflowUpdate = z
  .object({ name: Name.optional(), definition: WorkflowDefinition, revision: z.int() })
  .meta({ id: 'WorkflowUpdate' });
export type WorkflowUpdate = z.infer<typeof WorkflowUpdate>;

export const WorkflowSummary = z
  .object({
    id: z.uuid(),
    key: Key,
    name: z.string(),
    revision: z.int(),
    liveVersion: z.int().nullable(),
    status: z.enum(WORKFLOW_STATUSES),
    senders: z
      .array(z.string())
      .meta({ description: 'Ids of the senders whose events start the draft, each once.' }),
    startsByHand: z.boolean().meta({ description: 'Whether its draft has the trigger `trigger.manual`.' }),
    createdBy: z.string().nullable(),
    updatedBy: z.string().nullable().meta({ description: 'Who saved the draft last.' }),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'WorkflowSummary' });
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

export const WorkflowView = WorkflowSummary.extend({
  definition: WorkflowDefinition,
  problems: z.array(WorkflowProblem),
  setup: WorkflowSetup.optional().meta({ description: 'Only of a workflow that was made from a template.' }),
}).meta({ id: 'Workflow' });
export type WorkflowView = z.infer<typeof WorkflowView>;

/** Hours that `WorkflowActivity` tells of. */
export const ACTIVITY_HOURS = 24;

/** What a workflow did lately. Tests and what its trigger's filter skipped do not count. */
export const WorkflowActivity = z
  .object({
    workflowId: z.uuid(),
    lastRun: z.object({ id: z.uuid(), status: z.enum(RUN_STATUSES), createdAt: Time }).nullable(),
    hours: z
      .array(z.object({ succeeded: z.int(), failed: z.int() }))
      .length(ACTIVITY_HOURS)
      .meta({ description: 'Runs that ended, by the hour they began in, the oldest hour first.' }),
  })
  .meta({ id: 'WorkflowActivity' });
export type WorkflowActivity = z.infer<typeof WorkflowActivity>;

/** Body of `POST /workflows/{id}/publish`; without a body there is no note. */
export const PublishInput = z
  .object({ note: z.string().trim().max(2_000).optional() })
  .optional()
  .meta({ id: 'PublishInput' });
export type PublishInput = z.infer<typeof PublishInput>;

/** How often runs of something ended, and how often well. */
const RunCount = z.object({ finished: z.int(), succeeded: z.int() });

export const WorkflowVersionView = z
  .object({
    version: z.int(),
    createdAt: Time,
    createdBy: z.string().nullable(),
    note: z.string().nullable(),
    live: z.boolean(),
    runs: RunCount.meta({ description: 'Its runs that ended and are still stored, tests left out.' }),
    definition: WorkflowDefinition,
  })
  .meta({ id: 'WorkflowVersion' });
export type WorkflowVersionView = z.infer<typeof WorkflowVersionView>;

/** A workflow as a file: no secrets, no URLs, and the connections that its steps name. */
export const WorkflowExport = z
  .object({
    name: z.string(),
    key: Key,
    definition: WorkflowDefinition,
    connections: z.array(
      z.object({ key: z.string(), type: z.string().nullable(), name: z.string().nullable() }),
    ),
  })
  .meta({ id: 'WorkflowExport' });
export type WorkflowExport = z.infer<typeof WorkflowExport>;

/** Body of `POST /workflows/{id}/runs`. With `eventId` the draft is tested with an event that was received. */
export const RunRequest = z
  .object({
    input: z.unknown().optional(),
    trigger: z.string().optional(),
    draft: z.boolean().optional(),
    eventId: z.guid().optional(),
  })
  .refine(({ eventId, draft, input }) => eventId === undefined || (draft === true && input === undefined), {
    path: ['eventId'],
    message: 'An event is the input of a draft. Replay it to run what is live.',
  })
  .meta({ id: 'RunRequest' });
export type RunRequest = z.infer<typeof RunRequest>;
