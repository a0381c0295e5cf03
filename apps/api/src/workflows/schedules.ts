import type { WorkflowDefinition } from '@hookloom/contracts';
import type { NewSchedule } from '@hookloom/persistence';
import { nextFirings } from '@hookloom/steps';
import { z } from 'zod';

const Config = z.object({
  cron: z.string(),
  timezone: z.string().min(1).nullish().catch(undefined),
  misfire: z.enum(['once', 'skip']).catch('once'),
});

/** When a version starts by the clock, from `now` on. Its triggers were checked before it was published. */
export function schedulesOf(definition: WorkflowDefinition, now: Date): NewSchedule[] {
  return definition.steps
    .filter((step) => step.type === 'trigger.schedule' && step.disabled !== true)
    .map((step) => {
      const { cron, timezone, misfire } = Config.parse(step.config);
      const schedule = { cron, timezone: timezone ?? 'UTC' };
      return { ...schedule, stepId: step.id, misfire, nextAt: nextFirings(schedule, now, 1)[0] ?? null };
    });
}
