import { z } from 'zod';
import { RunError } from './journal.js';
import { KeptView } from './retention.js';
import { RUN_KINDS, RUN_STATUSES, STEP_STATUSES } from './words.js';

const Time = z.iso.datetime();

export const AttemptView = z
  .object({
    number: z.int(),
    status: z.enum(['running', 'succeeded', 'failed']),
    startedAt: Time,
    finishedAt: Time.optional(),
    error: RunError.optional(),
    retryAt: Time.optional(),
    detail: z.unknown().optional().meta({ description: 'What was sent and answered, redacted.' }),
  })
  .meta({ id: 'Attempt' });
export type AttemptView = z.infer<typeof AttemptView>;

/** A step waited for its destination: a rate limit, or a pause after many failures. No attempt is charged. */
export const PostponementView = z
  .object({ at: Time, until: Time, reason: z.string() })
  .meta({ id: 'Postponement' });
export type PostponementView = z.infer<typeof PostponementView>;

/** What one step did inside a run; `path` tells loop rounds apart (`each[3].call`). */
export const StepResultView = z
  .object({
    stepId: z.string(),
    path: z.string(),
    status: z.enum(STEP_STATUSES),
    input: z.unknown().optional(),
    output: z.unknown().optional(),
    error: RunError.optional(),
    startedAt: Time.optional(),
    finishedAt: Time.optional(),
    resumesAt: Time.optional().meta({ description: 'Until when it waits.' }),
    attempts: z.array(AttemptView),
    postponed: z.array(PostponementView).optional().meta({
      description:
        'How often it could not act at once, the latest twenty; the last one says why it waits now.',
    }),
    pinned: z
      .boolean()
      .optional()
      .meta({ description: 'The step was not done: its output was pinned to the draft.' }),
    leftOut: z
      .array(z.enum(['input', 'output']))
      .optional()
      .meta({ description: 'Values too large for this answer; `GET /runs/{id}/steps` has them.' }),
    redactedBy: z.array(z.string()).optional().meta({ description: 'The rules that hide a part of it.' }),
  })
  .meta({ id: 'StepResult' });
export type StepResultView = z.infer<typeof StepResultView>;

/** One run in a list. `version` is null for a draft's run. */
export const RunSummary = z
  .object({
    id: z.uuid(),
    workflowId: z.uuid(),
    version: z.int().nullable(),
    kind: z.enum(RUN_KINDS),
    status: z.enum(RUN_STATUSES),
    eventId: z.uuid().optional(),
    eventType: z.string().optional(),
    createdAt: Time,
    startedAt: Time.nullable(),
    finishedAt: Time.nullable(),
    resumesAt: Time.optional(),
    lane: z.string().optional().meta({ description: 'The lane in which it waits for its turn.' }),
    error: RunError.optional(),
    progress: z
      .object({ done: z.int(), total: z.int() })
      .optional()
      .meta({ description: 'Steps that succeeded, of those on the way it took; steps in loops aside.' }),
    attempt: z
      .int()
      .optional()
      .meta({ description: 'The most attempts that one of its steps took, those before a retry included.' }),
  })
  .meta({ id: 'RunSummary' });
export type RunSummary = z.infer<typeof RunSummary>;

/** A run that another one started, as seen from the one or the other. `path`: the step that called it; none for an error run and a retry with the live version. */
export const RunLink = z
  .object({ runId: z.uuid(), kind: z.enum(['subworkflow', 'error', 'retry']), path: z.string().optional() })
  .meta({ id: 'RunLink' });
export type RunLink = z.infer<typeof RunLink>;

/** How often a step inside a loop was done. */
export const StepRounds = z
  .object({ stepId: z.string(), count: z.int(), failed: z.int() })
  .meta({ id: 'StepRounds' });
export type StepRounds = z.infer<typeof StepRounds>;

/** One run with its step results, in the order they started, the trigger's first. */
export const RunDetail = RunSummary.extend({
  steps: z.array(StepResultView),
  rounds: z.array(StepRounds).optional().meta({
    description:
      'Only of a run with more results than `steps` has, which then are those that tell most: `GET /runs/{id}/steps` has all.',
  }),
  startedBy: RunLink.optional().meta({ description: 'The run that started this one.' }),
  started: z
    .array(RunLink)
    .optional()
    .meta({ description: 'Runs that this one started, the first hundred.' }),
  kept: KeptView.optional().meta({ description: 'No rule deletes it, nor its event.' }),
}).meta({ id: 'Run' });
export type RunDetail = z.infer<typeof RunDetail>;

/** What a retry would do, told before it is done; steps inside a loop are left to their loop. */
export const RetryForecast = z
  .object({
    kept: z.array(z.string()).meta({ description: 'Steps that keep their saved output.' }),
    again: z.array(z.string()).meta({
      description: 'Steps that would be done, in their order; of those after a branch, the ones on its way.',
    }),
    version: z.int().nullable().meta({ description: 'The version that they are done in; null: a draft.' }),
  })
  .meta({ id: 'RetryForecast' });
export type RetryForecast = z.infer<typeof RetryForecast>;

/** A change of a run or a step, as the live stream carries it. */
export const RunChange = z
  .object({
    runId: z.uuid(),
    seq: z.int(),
    stepId: z.string().optional(),
    path: z.string().optional(),
    status: z.enum(STEP_STATUSES),
  })
  .meta({ id: 'RunChange' });
export type RunChange = z.infer<typeof RunChange>;
