/** A run's status while it is in the queue. What a paused workflow holds back counts as queued. */
export const STATUS_OF_QUEUED = `case state when 'held' then 'queued' else state end`;

const SHARED = `id, workflow_id as "workflowId", version, kind, event_id as "eventId", trigger_step as "triggerStep",
  only_step as "onlyStep", created_at as "createdAt", started_at as "startedAt", journal_rows as "journalRows",
  steps_done as "stepsDone", steps_total as "stepsTotal", attempt`;

/** Columns of an unfinished run; names and order as those of a finished one. */
export const QUEUED_RUN = `${SHARED}, ${STATUS_OF_QUEUED} as status, null::timestamptz as "finishedAt",
  case when state = 'waiting' then available_at end as "resumesAt", null::text as error,
  case when lane = 'keyed' then lane_key end as lane`;

/** Columns of a run in history. */
export const FINISHED_RUN = `${SHARED}, status, finished_at as "finishedAt", null::timestamptz as "resumesAt", error,
  null::text as lane`;

/** Rows of runs with the type of the event that each followed: one look-up a row, so only for a page of them. */
export function withEventType(runs: string, projectParameter: string): string {
  return `select any_run.*, e.type as "eventType" from (${runs}) as any_run
    left join event e on e.id = any_run."eventId" and e.project_id = ${projectParameter}`;
}
