import type pg from 'pg';
import { z } from 'zod';
import { NAMED_WORKFLOW, ROUTES } from './replay-work.sql.js';

/** Where runs of a named workflow begin: by the id of the event's endpoint, else at the first webhook trigger. */
export const NamedStarts = z.object({
  byEndpoint: z.record(z.string(), z.array(z.string())),
  otherwise: z.array(z.string()),
  maxConcurrentRuns: z.int().nullable(),
});
export type NamedStarts = z.infer<typeof NamedStarts>;

/** One run that an event of a replay starts. */
export interface StartOfRun {
  readonly workflowId: string;
  readonly version: number | null;
  readonly triggerStepId: string;
  /** Its workflow is paused, so the run waits. */
  readonly isPaused: boolean;
  readonly maxConcurrentRuns: number | null;
}

export interface ReplayStarts {
  of(endpointId: string): readonly StartOfRun[];
  /** Why an event without a start has none: a sentence for a person. */
  readonly whyNone: string;
  /** The workflow that was named. */
  readonly workflow?: { readonly key: string; readonly name: string };
}

interface ReplayTarget {
  readonly projectId: string;
  readonly workflowId: string | null;
  readonly version: number | null;
  /** JSON text of NamedStarts. */
  readonly starts: string | null;
}

/** What the events of some endpoints start: the workflow that was named, or all that are live there now. */
export function startsOf(
  client: pg.PoolClient,
  target: ReplayTarget,
  endpointIds: ReadonlySet<string>,
): Promise<ReplayStarts> {
  const { workflowId, starts } = target;
  return workflowId === null || starts === null
    ? liveStarts(client, target.projectId, endpointIds)
    : namedStarts(client, { ...target, workflowId }, NamedStarts.parse(JSON.parse(starts)));
}

async function liveStarts(
  client: pg.PoolClient,
  projectId: string,
  endpointIds: ReadonlySet<string>,
): Promise<ReplayStarts> {
  const answer = await client.query<StartOfRun & { endpointId: string }>(ROUTES, [
    projectId,
    [...endpointIds],
  ]);
  return {
    of: (endpointId) => answer.rows.filter((route) => route.endpointId === endpointId),
    whyNone: 'No live workflow starts from the endpoint of this event.',
  };
}

async function namedStarts(
  client: pg.PoolClient,
  { projectId, workflowId, version }: ReplayTarget & { readonly workflowId: string },
  { byEndpoint, otherwise, maxConcurrentRuns }: NamedStarts,
): Promise<ReplayStarts> {
  const answer = await client.query<{ key: string; name: string; isPaused: boolean }>(NAMED_WORKFLOW, [
    projectId,
    workflowId,
  ]);
  const workflow = answer.rows[0];
  const whyNone = 'The workflow is gone.';
  if (workflow === undefined) return { of: () => [], whyNone };
  // A draft runs whether or not what is live is paused.
  const isPaused = workflow.isPaused && version !== null;
  const startAt = (triggerStepId: string) => ({
    workflowId,
    version,
    triggerStepId,
    isPaused,
    maxConcurrentRuns,
  });
  return { of: (endpointId) => (byEndpoint[endpointId] ?? otherwise).map(startAt), whyNone, workflow };
}
