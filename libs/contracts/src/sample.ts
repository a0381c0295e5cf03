import { z } from 'zod';

const Time = z.iso.datetime();
const Value = z.unknown().meta({ description: 'Any JSON value, up to 1 MiB as JSON.' });

/** `event`: what `trigger` may be in the editor. `output`: what a step of the draft gives in tests, without being done. */
export const SAMPLE_KINDS = ['event', 'output'] as const;

/** Something kept for trying a draft out: never exported, versioned or used live. */
export const WorkflowSample = z
  .object({
    id: z.uuid(),
    kind: z.enum(SAMPLE_KINDS),
    name: z.string().meta({ description: 'Of a pinned output the id of its step.' }),
    bytes: z.int().meta({ description: 'Of the value as JSON.' }),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'WorkflowSample' });
export type WorkflowSample = z.infer<typeof WorkflowSample>;

/** One sample, whole. */
export const WorkflowSampleView = WorkflowSample.extend({ value: Value }).meta({ id: 'WorkflowSampleView' });
export type WorkflowSampleView = z.infer<typeof WorkflowSampleView>;

/** Body of `POST /workflows/{id}/samples`: an event to try the draft with. */
export const SampleInput = z
  .object({ name: z.string().trim().min(1).max(200), value: Value })
  .meta({ id: 'SampleInput' });
export type SampleInput = z.infer<typeof SampleInput>;

/** Body of `PUT /workflows/{id}/samples/outputs/{stepId}`. */
export const PinInput = z.object({ value: Value }).meta({ id: 'PinInput' });
export type PinInput = z.infer<typeof PinInput>;
