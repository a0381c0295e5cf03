import { z } from 'zod';

/** Why a step or a run did not succeed. `code` is stable; `message` is a sentence for a person. */
export const RunError = z
  .object({
    code: z.string(),
    message: z.string(),
    status: z.int().optional().meta({ description: 'HTTP status, where the other side answered.' }),
    stepId: z.string().optional(),
  })
  .meta({ id: 'RunError' });
export type RunError = z.infer<typeof RunError>;

/** A value kept outside the journal because of its size. */
export const ValueRef = z.object({ ref: z.uuid(), bytes: z.int() });
export type ValueRef = z.infer<typeof ValueRef>;

const At = z.number().meta({ description: 'Epoch milliseconds, database clock.' });
const onStep = { stepId: z.string(), path: z.string(), attempt: z.int() };

/** An unsafe step is about to act; written durably before it does. */
export const StartedEntry = z.object({ kind: z.literal('started'), ...onStep, at: At });

/** A step is done. Neither `output` nor `outputRef`: its output is the trigger itself, or (`passes`) its input. */
export const SucceededEntry = z.object({
  kind: z.literal('succeeded'),
  ...onStep,
  startedAt: At,
  at: At,
  handle: z.string().nullable().meta({ description: 'The handle left by; null: no way on.' }),
  passes: z.boolean().optional(),
  outputRef: ValueRef.optional(),
  /** Set when the step failed for good and `onError` lets the run go on: the output is this error. */
  error: RunError.optional(),
  detail: z.unknown().optional().meta({ description: 'What was sent and answered, redacted.' }),
  output: z.unknown().optional(),
});

/** An attempt failed. With `retryAt` another follows; without it the step failed for good and so does the run. */
export const FailedEntry = z.object({
  kind: z.literal('failed'),
  ...onStep,
  startedAt: At,
  at: At,
  error: RunError,
  retryAt: At.optional(),
  detail: z.unknown().optional(),
});

/** The trigger's filter said no: the run ends as `skipped`. */
export const FilteredEntry = z.object({ kind: z.literal('filtered'), at: At });

/** A `stop` step ended the run early. */
export const StoppedEntry = z.object({
  kind: z.literal('stopped'),
  stepId: z.string(),
  status: z.enum(['succeeded', 'failed']),
  at: At,
  message: z.string().optional(),
});

/** A person ended the run, or its time was up. */
export const CancelledEntry = z.object({ kind: z.literal('cancelled'), at: At });
export const TimedOutEntry = z.object({ kind: z.literal('timedOut'), at: At, error: RunError });

/** A person's retry: the steps named, and all that follows them, are to be done again. */
export const RetriedEntry = z.object({ kind: z.literal('retried'), at: At, from: z.array(z.string()) });

/** One line of the journal, the only truth about a run. */
export const JournalEntry = z.discriminatedUnion('kind', [
  StartedEntry,
  SucceededEntry,
  FailedEntry,
  FilteredEntry,
  StoppedEntry,
  CancelledEntry,
  TimedOutEntry,
  RetriedEntry,
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
export type SucceededEntry = z.infer<typeof SucceededEntry>;
export type FailedEntry = z.infer<typeof FailedEntry>;
