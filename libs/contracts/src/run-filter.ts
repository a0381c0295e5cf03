import { z } from 'zod';
import { EventWhere } from './event-where.js';
import { SearchText } from './problem.js';
import { RUN_KINDS, RUN_STATUSES } from './words.js';

/** Which runs: what is left out lets all pass, but for skipped ones. `GET /runs` takes the same as its query. */
export const RunFilter = z
  .object({
    workflowId: z.guid().optional(),
    status: z.enum(RUN_STATUSES).optional(),
    kind: z.enum(RUN_KINDS).optional(),
    version: z.coerce.number().int().min(1).optional(),
    step: SearchText.optional().meta({ description: 'Id of the step that failed.' }),
    cause: z
      .string()
      .regex(/^[0-9a-f]{32}$/, 'Use the cause of an item of GET /runs/causes.')
      .optional()
      .meta({ description: 'Runs that failed alike, as `GET /runs/causes` groups them.' }),
    longerThanMs: z.coerce.number().int().min(1).optional().meta({ description: 'Took longer, in ms.' }),
    from: z.coerce.date().optional().meta({ description: 'Begun then or later.' }),
    to: z.coerce.date().optional().meta({ description: 'Begun before.' }),
    q: SearchText.optional().meta({
      description:
        "Text in the run's id, its error or its input, or in the event that started it: its id, type, duplicate key, body or a header that is not masked.",
    }),
    where: EventWhere.optional().meta({
      description:
        'A comparison with one value of the JSON body of the event that started it: `data.amount > 100`.',
    }),
  })
  .meta({ id: 'RunFilter' });
export type RunFilter = z.infer<typeof RunFilter>;

/** How many runs a filter finds. */
export const RunCount = z
  .object({
    count: z.int(),
    more: z.boolean().meta({ description: 'There are more: counting ended here.' }),
  })
  .meta({ id: 'RunCount' });
export type RunCount = z.infer<typeof RunCount>;

/** Failed runs that failed alike: the same step of the same workflow, code, status and sentence but for its numbers and ids. */
export const RunCause = z
  .object({
    cause: z.string(),
    workflowId: z.guid(),
    stepId: z.string().optional(),
    code: z.string(),
    status: z.int().optional(),
    message: z.string().meta({ description: 'The newest of them.' }),
    count: z.int(),
    firstAt: z.iso.datetime(),
    lastAt: z.iso.datetime(),
    lastRunId: z.guid(),
  })
  .meta({ id: 'RunCause' });
export type RunCause = z.infer<typeof RunCause>;

/** The causes among the newest failures, most frequent first. */
export const RunCauses = z
  .object({
    items: z.array(RunCause),
    looked: z.int().meta({ description: 'Failures that were looked at, newest first.' }),
    more: z.boolean().meta({ description: 'There are older failures that were not looked at.' }),
  })
  .meta({ id: 'RunCauses' });
export type RunCauses = z.infer<typeof RunCauses>;

/** What is done to many runs: `retry` goes on with failed and cancelled ones, `cancel` ends those that are not over. */
export const RUN_ACTIONS = ['retry', 'cancel'] as const;

/** Body of `POST /run-batches`. A misspelt name in the filter is refused: ignored, it would let every run pass. */
export const RunBatchRequest = z
  .object({
    action: z.enum(RUN_ACTIONS),
    version: z.literal('live').optional().meta({
      description: 'Of a retry: each as a new run of the live version, which takes over what had succeeded.',
    }),
    filter: RunFilter.extend({
      ids: z.array(z.guid()).min(1).max(1_000).optional().meta({ description: 'Only these runs.' }),
    }).strict(),
  })
  .meta({ id: 'RunBatchRequest' });
export type RunBatchRequest = z.infer<typeof RunBatchRequest>;

/** How far a batch is. `done + failed + left` is `total`. */
export const RunBatchView = z
  .object({
    id: z.guid(),
    action: z.enum(RUN_ACTIONS),
    status: z.enum(['running', 'done', 'cancelled']),
    total: z.int().meta({ description: 'Runs that the filter found when it began.' }),
    done: z.int(),
    failed: z.int().meta({ description: 'Runs that it could not be done to; the items say why.' }),
    left: z.int(),
    createdAt: z.iso.datetime(),
    finishedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'RunBatch' });
export type RunBatchView = z.infer<typeof RunBatchView>;

/** What came of one run of a batch. */
export const RunBatchItemView = z
  .object({
    runId: z.guid(),
    status: z.enum(['left', 'done', 'failed']),
    reason: z.string().optional().meta({ description: 'Why it could not be done.' }),
  })
  .meta({ id: 'RunBatchItem' });
export type RunBatchItemView = z.infer<typeof RunBatchItemView>;
