import type { Pools } from '@hookloom/persistence';
import type { ApiClient } from './api-client.js';

const MINUTE = 60_000;
/** Publishing is not what is tested: it only has to be quick. */
const AT_ONCE = 8;

/** Makes workflows live that start at every full minute. @returns their ids */
export async function liveSchedules(api: ApiClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  const publishSome = async (): Promise<void> => {
    for (let number = count; number > 0; number = count) {
      count -= 1;
      ids.push((await api.createLive(`Schedule ${number}`, EVERY_MINUTE)).id);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, publishSome));
  return ids;
}

const EVERY_MINUTE = {
  format: 1 as const,
  steps: [
    { id: 'clock', type: 'trigger.schedule', config: { cron: '* * * * *' } },
    { id: 'shape', type: 'transform', config: { expression: 'trigger.body.scheduledAt' } },
  ],
  edges: [{ source: 'clock', target: 'shape' }],
  settings: {},
};

/** The full minutes after a moment. */
export function minutesAfter(moment: number, count: number): Date[] {
  const first = Math.floor(moment / MINUTE) + 1;
  return Array.from({ length: count }, (_none, index) => new Date((first + index) * MINUTE));
}

/** What the clock started, told apart by workflow and the time that was meant. */
export interface Ledger {
  /** `workflow time` that started no run. */
  readonly missed: readonly string[];
  /** `workflow time` that started several. */
  readonly doubled: readonly string[];
  /** Runs for times that are none of the schedule. */
  readonly unexpected: readonly string[];
  /** Runs that ended well. */
  readonly succeeded: number;
}

const FIRED = `
select coalesce(q.workflow_id, r.workflow_id) || ' ' || (i.input::jsonb ->> 'scheduledAt') as firing, r.status
from run_input i left join run_queue q on q.id = i.run_id left join run r on r.id = i.run_id
where (i.input::jsonb ->> 'scheduledAt')::timestamptz between $1 and $2`;

/** Holds what the database says was started between the first and the last time against what had to be. */
export async function ledgerOf(
  database: Pick<Pools, 'ui'>,
  workflows: readonly string[],
  times: readonly Date[],
): Promise<Ledger> {
  const { rows } = await database.ui.query<{ firing: string; status: string | null }>(FIRED, [
    times[0],
    times.at(-1),
  ]);
  const counts = new Map<string, number>();
  for (const { firing } of rows) counts.set(firing, (counts.get(firing) ?? 0) + 1);
  const due = new Set(workflows.flatMap((id) => times.map((time) => `${id} ${time.toISOString()}`)));
  return {
    missed: [...due].filter((firing) => !counts.has(firing)),
    doubled: [...counts].filter(([, count]) => count > 1).map(([firing]) => firing),
    unexpected: [...counts.keys()].filter((firing) => !due.has(firing)),
    succeeded: rows.filter(({ status }) => status === 'succeeded').length,
  };
}
