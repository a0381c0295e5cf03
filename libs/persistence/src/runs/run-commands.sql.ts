import { LIMITS } from '@hookloom/contracts';
import { NOTE_FAILURES } from './run-writes.sql.js';

/** Links of error runs are told apart by the journal's length, so below zero is free: one run takes over, once. */
const RETRY_GENERATION = -1;

/** $1 id, $2 project, $3 workflow, $4 version, $5 kind, $6 trigger, $7 only step, $8 event, $9 limit, $10 to $13 input, $14 state, $15 and $16 journal, $17 pins, $18 the run that it takes over from. Nothing where the event is gone, or where another run took over already. */
export const ENQUEUE = `
with event_there as materialized (
  select id from event where id = $8::uuid for key share
), wanted as materialized (
  select $1::uuid as id where $8::uuid is null or exists (select from event_there)
), linked as (
  insert into run_link as l (parent_run_id, path, generation, project_id, kind, child_run_id)
  select $18::uuid, '', ${RETRY_GENERATION}, $2, 'retry', id from wanted where $18::uuid is not null
  on conflict (parent_run_id, path, generation) do update set child_run_id = excluded.child_run_id
    where not exists (select from run_queue q where q.id = l.child_run_id)
      and not exists (select from run r where r.id = l.child_run_id)
  returning 1
), begun as materialized (
  select id from wanted where $18::uuid is null or exists (select from linked)
), given as (
  insert into run_input (run_id, project_id, input, definition, workflow_key, workflow_name, pins)
  select id, $2, $10::text, $11::text, $12::text, $13::text, $17::text from begun
  where $10::text is not null or $11::text is not null
), taken_over as (
  insert into run_journal (run_id, first_seq, fence, entries, entry_count)
  select id, 0, 0, $15::bytea, $16::int from begun where $16::int > 0
)
insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, state,
  max_concurrent_runs, lane, has_input, journal_rows)
select id, $2, $3, $4::int, $5, $6, $7, $8, $14, $9::int, case when $9::int is not null then 'limited' end,
  $10::text is not null, $16::int from begun`;

/** Of a row of run_answer: the step that waited fails by it. */
const IS_FAILURE = `result like '{"error"%'`;
/** The same: the wait's time was up before anything came. */
export const TIMED_OUT = '{"timedOut":true}';

/**
 * History becomes queue again. The end's entries join the other parts of the journal, then the person's `retried`.
 * A run that another one called is its called one still, as deep as before. That a called workflow failed or took too
 * long is forgotten, so that it is called anew or waited for again; what else came for a wait still counts. Nothing where
 * its event is gone: it would go on without what it began with.
 */
export const RETRY = `
with recursive event_there as materialized (
  select e.id from event e where e.id = (select r.event_id from run r where r.id = $1 and r.project_id = $2) for key share
), caller (id, depth) as (
  select parent_run_id, 1 from run_link where child_run_id = $1 and project_id = $2 and kind = 'subworkflow'
  union all
  select l.parent_run_id, c.depth + 1 from caller c
    join run_link l on l.child_run_id = c.id and l.kind = 'subworkflow' and c.depth < ${LIMITS.subworkflowDepth}
), gone as (
  delete from run where id = $1 and project_id = $2 and status in ('failed', 'cancelled')
    and (event_id is null or event_id in (select id from event_there)) returning *
), tail as (
  insert into run_journal (run_id, first_seq, fence, entries, entry_count)
  select id, coalesce(j.next_seq, 0), fence, journal, journal_rows - coalesce(j.next_seq, 0)
  from gone left join (
    select run_id, max(first_seq + entry_count) as next_seq from run_journal where run_id = $1 group by run_id
  ) j on j.run_id = gone.id
  where journal is not null
), retried as (
  insert into run_journal (run_id, first_seq, fence, entries, entry_count)
  select id, journal_rows, fence + 1, $3, 1 from gone
), forgotten as (
  delete from run_answer a where run_id in (select id from gone) and (${IS_FAILURE}
    or result = '${TIMED_OUT}' and exists (select from run_link l where l.kind = 'subworkflow'
      and l.parent_run_id = a.run_id and l.path = a.path and l.generation = a.generation))
)
insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, state,
  max_concurrent_runs, lane, has_input, fence, created_at, started_at, journal_rows, has_answers, parent_run_id, depth,
  steps_done, steps_total, attempt)
select id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, 'queued', max_concurrent_runs,
  case when max_concurrent_runs is not null then 'limited' end, has_input, fence + 1, created_at, started_at,
  journal_rows + 1, exists (select from run_answer a where a.run_id = gone.id and not ${IS_FAILURE}),
  (select c.id from caller c where c.depth = 1), (select coalesce(max(c.depth), 0) from caller c),
  steps_done, steps_total, attempt
from gone`;

const HISTORY = `id, project_id, workflow_id, version, kind, trigger_step, only_step, event_id, max_concurrent_runs,
    has_input, created_at, started_at, steps_done, steps_total, attempt`;

/** Ends runs that nobody owns. `gone`: how they leave the queue, with the entry that says why as `entry`. */
export function endUnowned(gone: string, status: 'cancelled' | 'failed' | 'skipped'): string {
  return `
with left_queue as (${gone}
), gone as (
  select *, '${status}' as status from left_queue
), ${NOTE_FAILURES}
insert into run (${HISTORY}, status, error, finished_at, fence, journal, journal_rows)
select ${HISTORY}, status, error, now(), fence + 1, entry, journal_rows + (entry is not null)::int from gone
returning id`;
}

/** The state is looked at under the row's lock: what a worker claims at the same moment is not ended here. */
export const CANCEL_UNOWNED = endUnowned(
  `
  delete from run_queue where id = $1 and project_id = $2 and state <> 'running'
  returning *, null::text as error, $3::bytea as entry`,
  'cancelled',
);

/** The event of run $1, if it is held still; its row is locked, so that of two such runs one is the last. */
export const LOCK_HELD_EVENT = `
select e.id from event e where e.status = 'held' and e.id = (select event_id from run where id = $1 and project_id = $2)
for no key update`;

/** Event $1 waits for nothing any more: its run is over. */
export const ACCEPT_LEFT_ALONE = `
update event e set status = 'accepted' where e.id = $1 and e.status = 'held'
  and not exists (select from run_queue q where q.event_id = e.id)`;

export const REQUEST_CANCEL = `
update run_queue set cancel_requested = true where id = $1 and project_id = $2 and state = 'running'`;

export const FIND_STATUS = `
select state as status from run_queue where id = $1 and project_id = $2
union all
select status from run where id = $1 and project_id = $2`;
