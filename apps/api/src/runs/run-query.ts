import { PageQuery, RunFilter, RunRequest, StepId } from '@hookloom/contracts';
import { z } from 'zod';

/** Query of `GET /runs`. */
export const RunQuery = PageQuery.extend(RunFilter.shape);
export type RunQuery = z.infer<typeof RunQuery>;

/** Query of `GET /runs/{id}/steps`. */
export const StepsQuery = PageQuery.extend({
  step: StepId.optional().meta({ description: 'Only this step; inside a loop one result for each round.' }),
});
export type StepsQuery = z.infer<typeof StepsQuery>;

/** Query of `GET /runs/{id}/retry`, and what its `POST` takes as a body. */
export const RetryQuery = z.object({ from: StepId.optional(), version: z.literal('live').optional() });
/** Body of `POST /runs/{id}/retry`; none retries what failed. With `version` it is a new run of the live version. */
export const RetryRequest = RetryQuery.default({}).meta({ id: 'RetryRequest' });
export type RetryRequest = z.infer<typeof RetryRequest>;

/** Body of `POST /workflows/{id}/runs`; none starts the live version without input. */
export const ManualRunRequest = RunRequest.default({});

/**
 * Body of `POST /workflows/{id}/steps/{stepId}/test`. `steps`: outputs that its expressions see, by step id, in the
 * place of those that are pinned; a trigger's is also what they see as `trigger`.
 */
export const StepTestRequest = z
  .object({ input: z.unknown().optional(), steps: z.record(StepId, z.unknown()).optional() })
  .default({})
  .meta({ id: 'StepTestRequest' });
export type StepTestRequest = z.infer<typeof StepTestRequest>;

/** A run that was begun; its result comes later. */
export const RunBegun = z.object({ runId: z.guid() }).meta({ id: 'RunBegun' });
export type RunBegun = z.infer<typeof RunBegun>;
