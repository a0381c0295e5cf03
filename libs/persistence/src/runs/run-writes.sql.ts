/**
 * Writes of a worker about runs it owns. Each joins the queue's row by (id, fence, owner): for a run that is no
 * longer its own, nothing is written and the run is missing from the answer. $1 is the owner.
 */
const MINE = `q.id = i.id and q.fence = i.fence and q.owner = $1 and q.state = 'running'`;

/** What every write brings, as `i`: $2 to $9. */
const PARTS = `$2::uuid[], $3::int[], $4::int[], $5::bytea[], $6::int[], $7::int[], $8::int[], $9::int[]`;
const PART = `id, fence, first_seq, entries, entry_count, steps_done, steps_total, attempt`;
/** Where a run stands, for lists; a write that does not know leaves it. */
const progress = (row: string): string => `coalesce(i.steps_done, ${row}.steps_done) as steps_done,
    coalesce(i.steps_total, ${row}.steps_total) as steps_total, coalesce(i.attempt, ${row}.attempt) as attempt`;
const KEEP_PROGRESS = `steps_done = coalesce(i.steps_done, q.steps_done),
    steps_total = coalesce(i.steps_total, q.steps_total), attempt = coalesce(i.attempt, q.attempt)`;

/** A try whose answer was lost may have been committed, so the same part may come again, perhaps longer. */
const JOURNAL = (from: string): string => `
  insert into run_journal (run_id, first_seq, fence, entries, entry_count)
  select id, first_seq, fence, entries, entry_count from ${from} where entry_count > 0
  on conflict (run_id, first_seq) do update
    set fence = excluded.fence, entries = excluded.entries, entry_count = excluded.entry_count`;

const SPENT_WHILE_RUNNING = `q.spent_ms + greatest(0, extract(epoch from now() - q.claimed_at) * 1000)::bigint`;

export const APPEND = `
with mine as (
  update run_queue q set journal_rows = greatest(q.journal_rows, i.first_seq + i.entry_count),
    ${KEEP_PROGRESS}
  from unnest(${PARTS}) as i (${PART})
  where ${MINE}
  returning q.id, q.fence, i.first_seq, i.entries, i.entry_count
), journaled as (${JOURNAL('mine')})
select id from mine`;

/** What alerts count. Tests and drafts are watched by those who started them. */
export const NOTE_FAILURES = `failures as (
  insert into run_failure (run_id, fence, project_id, workflow_id, error, failed_at)
  select id, fence, project_id, workflow_id, error, now() from gone
  where status = 'failed' and kind <> 'test' and version is not null
  on conflict do nothing
)`;

/** History is written from what the deletion gives back, so a run is in the queue or in history, never in both. */
export const FINISH = `
with gone as (
  delete from run_queue q
  using unnest(${PARTS}, $10::text[], $11::text[], $12::timestamptz[])
    as i (${PART}, status, error, finished_at)
  where ${MINE}
  returning q.id, q.project_id, q.workflow_id, q.version, q.kind, q.trigger_step, q.only_step, q.event_id,
    q.max_concurrent_runs, q.has_input, q.created_at, q.started_at, q.fence,
    i.first_seq, i.entries, i.entry_count, i.status, i.error, i.finished_at, ${progress('q')}
), saved as (
  insert into run (id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, max_concurrent_runs,
    has_input, status, error, created_at, started_at, finished_at, fence, journal, journal_rows,
    steps_done, steps_total, attempt)
  select id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, max_concurrent_runs,
    has_input, status, error, created_at, started_at, finished_at, fence,
    case when entry_count > 0 then entries end, first_seq + entry_count, steps_done, steps_total, attempt
  from gone
), ${NOTE_FAILURES}
select id from gone`;

/** Sleeping runs and those handed back. A wish to cancel that came meanwhile is seen at once. */
export const PAUSE = `
with paused as (
  update run_queue q set owner = null, state = i.state, spent_ms = ${SPENT_WHILE_RUNNING}, deaths = 0,
    lane = case when q.max_concurrent_runs is not null then 'limited' end,
    available_at = case when q.cancel_requested or q.wake then now() else coalesce(i.until, now()) end,
    journal_rows = greatest(q.journal_rows, i.first_seq + i.entry_count), ${KEEP_PROGRESS}
  from unnest(${PARTS}, $10::text[], $11::timestamptz[]) as i (${PART}, state, until)
  where ${MINE}
  returning q.id, q.fence, i.first_seq, i.entries, i.entry_count
), journaled as (${JOURNAL('paused')})
select id from paused`;

/** Which of the runs that are missing from the queue had been finished by this very hold. */
export const FINISHED_EARLIER = `
select i.id from unnest($1::uuid[], $2::int[]) as i (id, fence) join run r on r.id = i.id and r.fence = i.fence`;

/** As text, which is a quarter of what bytes take on their way here. $1 value, $2 project. */
export const LOAD_VALUE = `
select convert_from(content, 'UTF8') as json from stored_value where id = $1 and project_id = $2`;

export const STORE_VALUE = `
insert into stored_value (id, project_id, run_id, content)
select $1, q.project_id, q.id, $2 from run_queue q
where q.id = $3 and q.fence = $4 and q.owner = $5 and q.state = 'running'`;
