import { z } from 'zod';
import { StepId } from './keys.js';

/** The highest limit of runs at the same time. */
const MAX_CONCURRENT_RUNS = 100_000;

/** How often and when a failed attempt is repeated; a part given is filled up from the step type's default. */
export const RetryPolicy = z
  .object({
    maxAttempts: z.int().min(1).max(100).meta({ description: 'The first attempt counts too.' }),
    initialDelayMs: z.int().min(0).max(86_400_000),
    maxDelayMs: z.int().min(0).max(86_400_000),
    factor: z.number().min(1).max(10),
    jitter: z
      .union([z.enum(['full', 'none']), z.boolean()])
      .meta({ description: '`true` is `full`, `false` is `none`.' }),
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

/** What a run of a lane does while others of the same key are under way. */
export const LANE_MODES = ['queue', 'latest', 'debounce'] as const;

/** Runs of one key wait for one another; runs of different keys do not. */
export const LaneSettings = z
  .object({
    key: z.string().max(10_000).meta({
      description:
        'JSONata, for example `trigger.body.order_id`. A run for which it yields nothing waits for none.',
    }),
    concurrency: z
      .int()
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'Runs of one key at the same time; 1 when left out.' }),
    mode: z.enum(LANE_MODES).optional().meta({
      description:
        '`queue` (when left out): all of them, in order. `latest`: of those that wait only the newest. `debounce`: the newest, after `seconds` without another.',
    }),
    seconds: z.int().min(1).max(86_400).optional().meta({ description: 'Only for `debounce`.' }),
  })
  .meta({ id: 'LaneSettings' });
export type LaneSettings = z.infer<typeof LaneSettings>;

/** How often a destination may be called, by all workflows of the project together. */
export const RateLimit = z
  .object({
    host: z.string().max(253).meta({
      description: 'As in the URL, with its port if it has one. A draft may leave it empty.',
    }),
    limit: z.int().min(1).max(10_000).meta({ description: 'Calls in that time, evenly spread.' }),
    seconds: z.int().min(1).max(86_400).optional().meta({ description: '1 when left out.' }),
  })
  .meta({ id: 'RateLimit' });
export type RateLimit = z.infer<typeof RateLimit>;

/** Behaviour of the whole workflow. `timeoutSeconds` counts time queued and running, not waiting. */
export const WorkflowSettings = z
  .object({
    timeoutSeconds: z.int().min(1).max(31_536_000).optional(),
    maxConcurrentRuns: z.int().min(1).max(MAX_CONCURRENT_RUNS).optional(),
    lane: LaneSettings.optional(),
    rateLimits: z.array(RateLimit).max(50).optional(),
    retry: RetryPolicy.optional().meta({
      description: 'For steps whose own `retry` does not say otherwise.',
    }),
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

/**
 * How many runs may be under way at the same time, as the queue keeps it. Runs of a workflow with lanes are claimed in
 * order, as those under a limit are.
 */
export function concurrencyOf({ maxConcurrentRuns, lane }: WorkflowSettings): number | undefined {
  return maxConcurrentRuns ?? (lane === undefined ? undefined : MAX_CONCURRENT_RUNS);
}
