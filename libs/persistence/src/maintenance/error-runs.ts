import { ERROR_TRIGGER, WorkflowDefinition, type RunError, type RunKind } from '@hookloom/contracts';
import { errorInput } from '@hookloom/runner';
import type pg from 'pg';

interface EndedRun {
  readonly id: string;
  readonly kind: RunKind;
  readonly version: number;
  readonly startedAt: Date;
  readonly eventId: string | null;
  readonly key: string;
  readonly name: string;
  readonly definition: string;
}

/** $1 runs. Drafts, tests of a step and error runs have no error run. */
const FIND_ENDED = `
select r.id, r.kind, r.version, coalesce(r.started_at, r.created_at) as "startedAt", r.event_id as "eventId", w.key, w.name,
  v.definition
from run r join workflow w on w.id = r.workflow_id
  join workflow_version v on v.workflow_id = r.workflow_id and v.version = r.version
where r.id = any($1) and r.kind <> 'error' and r.only_step is null`;

/** $1 failed run, $2 trigger, $3 input. Not again where its worker began it before it died. */
const START_ERROR_RUN = `
with linked as (
  insert into run_link (parent_run_id, path, generation, project_id, kind, child_run_id)
  select id, '', journal_rows, project_id, 'error', new_id() from run where id = $1
  on conflict do nothing
  returning child_run_id, project_id
), given as (
  insert into run_input (run_id, project_id, input) select child_run_id, project_id, $3 from linked
)
insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state, has_input)
select l.child_run_id, l.project_id, r.workflow_id, r.version, 'error', $2, 'queued', true
from linked l join run r on r.id = $1`;

/** Tells the error triggers of runs that were ended as failed in nobody's hands. In the transaction that ended them. */
export async function startErrorRuns(
  client: pg.PoolClient,
  runIds: readonly string[],
  error: RunError,
): Promise<void> {
  if (runIds.length === 0) return;
  const { rows } = await client.query<EndedRun>(FIND_ENDED, [runIds]);
  for (const run of rows) {
    const definition = WorkflowDefinition.safeParse(JSON.parse(run.definition)).data;
    const trigger = definition?.steps.find((step) => step.type === ERROR_TRIGGER && !step.disabled);
    if (!definition || !trigger) continue;
    const input = errorInput({ ...run, eventId: run.eventId ?? undefined, error }, { ...run, definition });
    await client.query(START_ERROR_RUN, [run.id, trigger.id, input]);
  }
}
