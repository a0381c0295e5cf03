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

/** A part of a long list, kept outside the journal: `count` values from index `from` on. */
export const ListPart = ValueRef.extend({ from: z.int(), count: z.int() });
export type ListPart = z.infer<typeof ListPart>;

const At = z.number().meta({ description: 'Epoch milliseconds, database clock.' });
const onStep = { stepId: z.string(), path: z.string(), attempt: z.int() };

/** A step is under way: written durably before an unsafe step acts, and of any step that takes long. */
export const StartedEntry = z.object({
  kind: z.literal('started'),
  ...onStep,
  at: At,
  /** It only shows where the run stands: if the worker stops, the step is done again as if it had not begun. */
  onlyShown: z.literal(true).optional(),
});

/** A step is done. Neither `output` nor `outputRef`: its output is the trigger itself, or (`passes`) its input. */
export const SucceededEntry = z.object({
  kind: z.literal('succeeded'),
  ...onStep,
  startedAt: At,
  at: At,
  handle: z.string().nullable().meta({ description: 'The handle left by; null: no way on.' }),
  passes: z.boolean().optional(),
  /** The step was not done: its output was pinned to the draft. */
  pinned: z.boolean().optional(),
  outputRef: ValueRef.optional(),
  /** The output is a list of these parts, in order: what a loop's rounds gave. */
  list: z.array(ListPart).optional(),
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

/** What a loop does when a step of a round fails for good. */
export const ON_ITEM_ERROR = ['stop', 'continue', 'collect'] as const;
export type OnItemError = (typeof ON_ITEM_ERROR)[number];

/** Who ends a wait before its time is up: a call of its URL, a person, the end of another run. None: only time does. */
export const WAITS_FOR = ['webhook', 'approval', 'subworkflow'] as const;
export type WaitsFor = (typeof WAITS_FOR)[number];

/** A step waits. When its time is up it passes its input on by the handle `onDue`, or (null) fails. */
export const SuspendedEntry = z.object({
  kind: z.literal('suspended'),
  ...onStep,
  startedAt: At,
  at: At,
  until: At,
  onDue: z.string().nullable(),
  waitsFor: z.enum(WAITS_FOR).optional(),
  detail: z.unknown().optional().meta({ description: 'What a person is asked, or which run is waited for.' }),
});

/** A step may not act yet: its destination is called too often already, or does not answer. No attempt is charged. */
export const PostponedEntry = z.object({
  kind: z.literal('postponed'),
  ...onStep,
  startedAt: At,
  at: At,
  until: At,
  reason: z.string().meta({ description: 'A sentence for a person.' }),
  /** A call is reserved for it from `until` on up to here. */
  turnUntil: At.optional(),
});

/** A loop has its items and begins its rounds. A short list of items stands here as `output`, a long one in `items`. */
export const LoopingEntry = z.object({
  kind: z.literal('looping'),
  ...onStep,
  startedAt: At,
  at: At,
  count: z.int(),
  concurrency: z.int(),
  onItemError: z.enum(ON_ITEM_ERROR),
  items: z.array(ListPart).optional(),
  output: z.unknown().optional(),
});

/** What some rounds of a loop gave is stored aside, so that nobody needs these rounds any more. */
export const GatheredEntry = z.object({
  kind: z.literal('gathered'),
  stepId: z.string(),
  path: z.string(),
  at: At,
  part: ListPart,
});

/** The trigger's filter said no: the run ends as `skipped`. */
export const FilteredEntry = z.object({ kind: z.literal('filtered'), at: At });

/** A `stop` step ended the run early. */
export const StoppedEntry = z.object({
  kind: z.literal('stopped'),
  stepId: z.string(),
  /** The step's id where it is left out. */
  path: z.string().optional(),
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
  SuspendedEntry,
  PostponedEntry,
  LoopingEntry,
  GatheredEntry,
  FilteredEntry,
  StoppedEntry,
  CancelledEntry,
  TimedOutEntry,
  RetriedEntry,
]);
export type JournalEntry = z.infer<typeof JournalEntry>;
export type SucceededEntry = z.infer<typeof SucceededEntry>;
export type FailedEntry = z.infer<typeof FailedEntry>;
export type PostponedEntry = z.infer<typeof PostponedEntry>;
export type SuspendedEntry = z.infer<typeof SuspendedEntry>;
export type LoopingEntry = z.infer<typeof LoopingEntry>;
