import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { RunError, WorkflowDefinition } from '@hookloom/contracts';
import { z } from 'zod';

const CASES = new URL('./cases/', import.meta.url);

const Answer = z.strictObject({
  status: z.int().default(200),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
});

const Connection = z.strictObject({ type: z.string(), data: z.record(z.string(), z.unknown()) });

/** `event.json`: what starts the run, and what the world answers to it. */
const GoldenEvent = z.strictObject({
  trigger: z.string().default('start'),
  body: z.unknown().optional(),
  vars: z.record(z.string(), z.unknown()).default({}),
  /** Answers to HTTP requests by `METHOD path`, one after the other; the last one again and again. */
  http: z.record(z.string(), z.array(Answer)).default({}),
  connections: z.record(z.string(), Connection).default({}),
  /** The step after the trigger at which a first worker died, after it had announced it. */
  diedIn: z.string().optional(),
  /** What comes for steps that wait, by path: an output, or `{error}`. */
  answers: z
    .record(z.string(), z.looseObject({ output: z.unknown().optional(), error: RunError.optional() }))
    .default({}),
});

const GoldenStep = z.strictObject({
  status: z.string(),
  output: z.unknown().optional(),
  /** How often it was tried, where that is more than once. */
  attempts: z.int().optional(),
  error: z.string().optional().meta({ description: 'Its code.' }),
});

/** `expected.json`: how the run ends and what each step gave, by path; steps that were never done are left out. */
const GoldenEnd = z.strictObject({
  status: z.string(),
  error: z.strictObject({ code: z.string(), stepId: z.string().optional() }).optional(),
  steps: z.record(z.string(), GoldenStep),
  /** What the held request is answered with. */
  response: z.unknown().optional(),
  /** Requests that were sent, `METHOD path`, and mails, `MAIL address`, in any order. */
  requests: z.array(z.string()).default([]),
});
export type GoldenEnd = z.infer<typeof GoldenEnd>;

/** One workflow, one event and what must come of it, wherever it is run. */
export interface GoldenCase {
  readonly name: string;
  readonly workflow: WorkflowDefinition;
  readonly event: z.infer<typeof GoldenEvent>;
  readonly expected: GoldenEnd;
}

/** All cases, by name. @throws ZodError for a file of another shape */
export function goldenCases(): GoldenCase[] {
  return readdirSync(CASES)
    .sort()
    .map((name) => ({
      name,
      workflow: WorkflowDefinition.parse(read(name, 'workflow')),
      event: GoldenEvent.parse(read(name, 'event')),
      expected: GoldenEnd.parse(read(name, 'expected')),
    }));
}

function read(name: string, file: string): unknown {
  return JSON.parse(readFileSync(fileURLToPath(new URL(`${name}/${file}.json`, CASES)), 'utf8'));
}
