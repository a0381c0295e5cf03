import { z } from 'zod';
import { Key } from './keys.js';
import { WorkflowDefinition, WorkflowProblem } from './workflow-document.js';
import { WORKFLOW_STATUSES } from './words.js';

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
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'WorkflowSummary' });
export type WorkflowSummary = z.infer<typeof WorkflowSummary>;

export const WorkflowView = WorkflowSummary.extend({
  definition: WorkflowDefinition,
  problems: z.array(WorkflowProblem),
}).meta({ id: 'Workflow' });
export type WorkflowView = z.infer<typeof WorkflowView>;

export const WorkflowVersionView = z
  .object({
    version: z.int(),
    createdAt: Time,
    createdBy: z.string().nullable(),
    live: z.boolean(),
    definition: WorkflowDefinition,
  })
  .meta({ id: 'WorkflowVersion' });
export type WorkflowVersionView = z.infer<typeof WorkflowVersionView>;

/** Body of `POST /workflows/{id}/runs`. */
export const RunRequest = z
  .object({ input: z.unknown().optional(), trigger: z.string().optional(), draft: z.boolean().optional() })
  .meta({ id: 'RunRequest' });
export type RunRequest = z.infer<typeof RunRequest>;
