import { z } from 'zod';

/** Days that a project may keep events and runs, and what holds where nobody has set a rule. */
export const RETENTION = { defaultDays: 30, leastDays: 3, mostDays: 3_650 } as const;

const Days = z
  .int()
  .min(RETENTION.leastDays, `Use ${RETENTION.leastDays} days or more.`)
  .max(RETENTION.mostDays, `Use ${RETENTION.mostDays} days or fewer.`);
const Time = z.iso.datetime();

/** How long what is over is kept. */
export const RetentionRule = z
  .object({
    eventDays: Days.meta({ description: 'Days after the day on which an event was received.' }),
    runDays: Days.meta({
      description: 'Days after the day on which a run began, or after its end if it took long.',
    }),
  })
  .meta({ id: 'RetentionRule' });
export type RetentionRule = z.infer<typeof RetentionRule>;

/** The rule in force, and the one that follows it tonight. */
export const RetentionView = RetentionRule.extend({
  next: RetentionRule.extend({ from: Time }).optional(),
}).meta({ id: 'Retention' });
export type RetentionView = z.infer<typeof RetentionView>;

const ToDelete = z
  .object({
    count: z.int(),
    isMore: z.boolean().meta({ description: 'There are more than `count`: it was not counted further.' }),
    before: Time.meta({ description: 'Those that came before.' }),
  })
  .meta({ id: 'ToDelete' });
export type ToDelete = z.infer<typeof ToDelete>;

/** What a rule would delete at the next turn. */
export const RetentionPreview = z
  .object({ at: Time, events: ToDelete, runs: ToDelete })
  .meta({ id: 'RetentionPreview' });
export type RetentionPreview = z.infer<typeof RetentionPreview>;

/** Since when something is kept beyond every rule, and who wanted it. */
export const KeptView = z.object({ at: Time, by: z.string() }).meta({ id: 'Kept' });
export type KeptView = z.infer<typeof KeptView>;

/** When what came on a day was deleted, and by which rule. */
export const DeletionNote = z.object({ at: Time, days: z.int() }).meta({ id: 'DeletionNote' });
export type DeletionNote = z.infer<typeof DeletionNote>;

const Space = z
  .object({
    part: z.enum(['events', 'runs', 'journal', 'values', 'inputs', 'links', 'queue', 'keys', 'other']),
    bytes: z.int(),
    indexBytes: z.int().meta({ description: 'The part of it that indexes take.' }),
  })
  .meta({ id: 'Space' });

const StoredDay = z
  .object({
    day: z.iso.date(),
    eventBytes: z.int(),
    runBytes: z.int(),
    events: z.int().nullable().meta({ description: 'About how many; null while nobody knows.' }),
    runs: z.int().nullable(),
    eventsGo: Time.meta({ description: 'When its events are deleted.' }),
    runsGo: Time,
  })
  .meta({ id: 'StoredDay' });
export type StoredDay = z.infer<typeof StoredDay>;

/** What takes the space. Sizes are those of the whole server. */
export const StorageView = z
  .object({
    measuredAt: Time,
    bytes: z.int().meta({ description: 'The whole database.' }),
    bodyBytes: z.int().meta({ description: 'About what the bodies of events take of it.' }),
    parts: z.array(Space),
    days: z.array(StoredDay).meta({ description: 'Newest first.' }),
    workflows: z.array(z.object({ workflowId: z.uuid(), share: z.number(), runs: z.int() })).meta({
      description: 'Which workflows the runs belong to, judged by some of them. `share`: of their bytes.',
    }),
    kept: z.object({ events: z.int(), runs: z.int() }),
  })
  .meta({ id: 'Storage' });
export type StorageView = z.infer<typeof StorageView>;
