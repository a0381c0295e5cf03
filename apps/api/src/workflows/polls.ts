import { POLL_TRIGGER, type WorkflowDefinition } from '@hookloom/contracts';
import type { NewPoll, Store } from '@hookloom/persistence';
import { z } from 'zod';

const EVERY_MINUTES = 5;
const Config = z.object({
  endpoint: z.string(),
  everyMinutes: z.coerce.number().int().min(1).nullish().catch(undefined),
});

/** What a version looks at. Its triggers were checked before it was published. */
export async function pollsOf(
  store: Store,
  projectId: string,
  definition: WorkflowDefinition,
): Promise<NewPoll[]> {
  const steps = definition.steps.filter((step) => step.type === POLL_TRIGGER && step.disabled !== true);
  const configs = steps.map((step) => ({ stepId: step.id, ...Config.parse(step.config) }));
  const endpoints = await store.endpoints.findByKeys(
    projectId,
    configs.map(({ endpoint }) => endpoint),
  );
  const ids = new Map(endpoints.map(({ key, id }) => [key, id]));
  return configs.flatMap(({ stepId, endpoint, everyMinutes }) => {
    const endpointId = ids.get(endpoint);
    return endpointId === undefined
      ? []
      : [{ stepId, endpointId, everyMinutes: everyMinutes ?? EVERY_MINUTES }];
  });
}
