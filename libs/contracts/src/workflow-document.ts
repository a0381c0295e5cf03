import { z } from 'zod';
import { StepId } from './keys.js';

/** How often and when a failed attempt is repeated; a part given is filled up from the step type's default. */
export const RetryPolicy = z
  .object({
    maxAttempts: z.int().min(1).max(100).meta({ description: 'The first attempt counts too.' }),
    initialDelayMs: z.int().min(0).max(86_400_000),
    maxDelayMs: z.int().min(0).max(86_400_000),
    factor: z.number().min(1).max(10),
    jitter: z.enum(['full', 'none']),
  })
  .partial()
  .meta({ id: 'RetryPolicy' });
export type RetryPolicy = z.infer<typeof RetryPolicy>;

/** One box of the graph. `config` is checked against the step type when published, not when saved. */
export const WorkflowStep = z
  .object({
    id: StepId,
    type: z.string().min(1).max(64),
    name: z.string().max(200).optional(),
    config: z.record(z.string(), z.unknown()).default({}),
    disabled: z.boolean().optional(),
    notes: z.string().max(10_000).optional(),
    timeoutMs: z.int().min(1).max(86_400_000).optional(),
    join: z.enum(['all', 'any']).optional(),
    onError: z.enum(['fail', 'continue', 'branch']).optional(),
    onUnknown: z.enum(['repeat', 'fail']).optional(),
    retry: RetryPolicy.optional(),
  })
  .meta({ id: 'WorkflowStep' });
export type WorkflowStep = z.infer<typeof WorkflowStep>;

/** A way from one step to another; `sourceHandle` is `out` when left out. */
export const WorkflowEdge = z
  .object({
    source: z.string().max(64),
    target: z.string().max(64),
    sourceHandle: z.string().max(64).optional(),
  })
  .meta({ id: 'WorkflowEdge' });
export type WorkflowEdge = z.infer<typeof WorkflowEdge>;

/** Behaviour of the whole workflow. `timeoutSeconds` counts time queued and running, not waiting. */
export const WorkflowSettings = z
  .object({
    timeoutSeconds: z.int().min(1).max(31_536_000).optional(),
    maxConcurrentRuns: z.int().min(1).max(100_000).optional(),
  })
  .meta({ id: 'WorkflowSettings' });
export type WorkflowSettings = z.infer<typeof WorkflowSettings>;

/** Looks only: leaving it out or changing it changes no behaviour. */
export const WorkflowLayout = z
  .looseObject({
    positions: z.record(z.string(), z.object({ x: z.number(), y: z.number() })).optional(),
    notes: z.array(z.unknown()).optional(),
    groups: z
      .array(z.unknown())
      .optional()
      .meta({ description: 'Sections: `{id, name, steps: [step id], collapsed?}`.' }),
    direction: z.enum(['down', 'right']).optional().meta({ description: '`down` when left out.' }),
  })
  .meta({ id: 'WorkflowLayout' });

/** The workflow document: what a draft holds, a version freezes, and export and import carry. */
export const WorkflowDefinition = z
  .object({
    format: z.literal(1),
    steps: z.array(WorkflowStep).max(2_000),
    edges: z.array(WorkflowEdge).max(10_000).default([]),
    settings: WorkflowSettings.default({}),
    layout: WorkflowLayout.optional(),
  })
  .meta({ id: 'WorkflowDefinition' });
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>;

/** Something missing or wrong in a draft. A blocking problem prevents publishing; others only warn. */
export const WorkflowProblem = z
  .object({
    code: z.string(),
    stepId: z.string().optional(),
    path: z.string().meta({ description: 'Dot path inside the document, for example `steps.2.config.url`.' }),
    message: z.string(),
    blocking: z.boolean(),
  })
  .meta({ id: 'WorkflowProblem' });
export type WorkflowProblem = z.infer<typeof WorkflowProblem>;

/** Seconds that a run may be queued and running when its workflow does not say. */
export const DEFAULT_RUN_TIMEOUT_SECONDS = 86_400;
