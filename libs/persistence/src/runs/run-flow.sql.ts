import { endUnowned, TIMED_OUT } from './run-commands.sql.js';

/** A run's own worker writes only while it owns it. $1 run, $2 fence, $3 owner. */
const MINE = `mine as (
  select q.id, q.project_id, q.depth, q.event_id from run_queue q
  where q.id = $1 and q.fence = $2 and q.owner = $3 and q.state = 'running'
)`;

/** Ends the wait of a step. `waiting`: run, path, generation, project_id and result of what came. */
function answer(waiting: string): string {
  return `
), answered as (
  insert into run_answer (run_id, path, generation, project_id, result)
  select run_id, path, generation, project_id, result from (${waiting}) as came
  on conflict do nothing
  returning run_id
), woken as (
  update run_queue q set has_answers = true, wake = true,
    available_at = case when q.state = 'waiting' then now() else q.available_at end
  from answered a where q.id = a.run_id
  returning q.id
)`;
}

/** From outside: $1 run, $2 path, $3 generation, $4 result. Says whether the run goes on, and whether this was new. */
export const ANSWER = `
with open as (
  select id, project_id from run_queue where id = $1
${answer(`select id as run_id, $2::text as path, $3::int as generation, project_id, $4::text as result from open`)}
select (select count(*) from open)::int as open, (select count(*) from answered)::int as answered`;

/** The time of a wait is up: nothing may end it any more, unless something came before. $4 path, $5 generation. */
export const CLOSE_WAIT = `
with ${MINE}, closed as (
  insert into run_answer (run_id, path, generation, project_id, result)
  select id, $4::text, $5::int, project_id, '${TIMED_OUT}' from mine
  on conflict do nothing
  returning run_id
)
select (select count(*) from closed)::int as closed from mine`;

/**
 * What came before a wait could be closed: a statement of its own, since the one that lost cannot see the winner in its
 * snapshot. $1 run, $2 path, $3 generation.
 */
export const LAST_MOMENT = `
select result from run_answer where run_id = $1 and path = $2 and generation = $3 and result <> '${TIMED_OUT}'`;

/** $1 run, $2 path, $3 generation. */
export const FIND_ANSWER = `
select result = '${TIMED_OUT}' as late from run_answer where run_id = $1 and path = $2 and generation = $3`;

/** The end of a run is what its parent waits for. $4 result. */
export const ANSWER_PARENT = `
with ${MINE}, link as (
  update run_link l set answered = true from mine where l.child_run_id = mine.id and l.kind = 'subworkflow'
  returning l.parent_run_id, l.path, l.generation, l.project_id
${answer(`select parent_run_id as run_id, path, generation, project_id, $4::text as result from link`)}
select id from mine`;

/** $4 kind, $5 content. */
export const RESPOND = `
with ${MINE}, written as (
  insert into event_answer (event_id, run_id, kind, content)
  select event_id, id, $4, $5 from mine where event_id is not null
  on conflict do nothing
)
select id from mine`;

/** $1 project, $2 key. */
export const LIVE_WORKFLOW = `
select w.id, w.live_version as version, w.paused, v.definition
from workflow w join workflow_version v on v.workflow_id = w.id and v.version = w.live_version
where w.project_id = $1 and w.key = $2`;

/**
 * Starts a run once for each place: a second try finds the first one's, also one that is being committed, unless that is
 * over without success: then a person retries. Whoever asks waits for it, so its end is to be told. $4 path, $5 generation,
 * $6 kind, $7 child, $8 workflow, $9 version, $10 trigger, $11 limit, $12 state, $13 input.
 */
export const START_RUN = `
with ${MINE}, linked as (
  insert into run_link as l (parent_run_id, path, generation, project_id, kind, child_run_id)
  select id, $4::text, $5::int, project_id, $6::text, $7::uuid from mine
  on conflict (parent_run_id, path, generation) do update set answered = false,
    child_run_id = case
      when l.kind = 'subworkflow' and exists (select from run r where r.id = l.child_run_id and r.status <> 'succeeded')
      then excluded.child_run_id else l.child_run_id end
  returning child_run_id
), begun as (
  select child_run_id from linked where child_run_id = $7::uuid
), given as (
  insert into run_input (run_id, project_id, input)
  select b.child_run_id, m.project_id, $13::text from begun b, mine m
), queued as (
  insert into run_queue (id, project_id, workflow_id, version, kind, trigger_step, state, max_concurrent_runs, lane,
    has_input, parent_run_id, depth)
  select b.child_run_id, m.project_id, $8::uuid, $9::int, $6::text, $10::text, $12::text, $11::int,
    case when $11::int is not null then 'limited' end, true,
    case when $6::text = 'subworkflow' then m.id end, case when $6::text = 'subworkflow' then m.depth + 1 else 0 end
  from begun b, mine m
)
select child_run_id from linked`;

/** What came for the waiting steps of these runs. */
export const LOAD_ANSWERS = `
select run_id, path, generation, result from run_answer where run_id = any($1) and result <> '${TIMED_OUT}'`;

/**
 * Runs that waited for one that ended in nobody's hands: cancelled, or given up. $1 how many, $2 id after which they
 * began, so that no old partition is looked at.
 */
export const ANSWER_ORPHANS = `
with lost as materialized (
  select l.parent_run_id, l.path, l.generation, l.project_id, l.child_run_id, r.status, r.error
  from run_link l join run r on r.id = l.child_run_id
  where l.kind = 'subworkflow' and not l.answered and l.parent_run_id >= $2
    and not exists (select from run_queue q where q.id = l.child_run_id)
  limit $1
), link as (
  update run_link l set answered = true from lost
  where l.parent_run_id = lost.parent_run_id and l.path = lost.path and l.generation = lost.generation
${answer(`select parent_run_id as run_id, path, generation, project_id, json_build_object('error', json_build_object(
    'code', 'child_failed', 'message', 'The workflow that was called ended as ' || status || '.'))::text as result
  from lost`)}
select count(*)::int as count from woken`;

/** Runs in the queue that were called by one that was cancelled. $1 how many, $2 id after which that began. */
const CALLED_IN_VAIN = `
    select q.id from run_link l join run r on r.id = l.parent_run_id and r.status = 'cancelled'
      join run_queue q on q.id = l.child_run_id and not q.cancel_requested
    where l.kind = 'subworkflow' and not l.answered and l.parent_run_id >= $2
    limit $1`;

/** $3 the entry that says so. */
export const CANCEL_CALLED = endUnowned(
  `
  delete from run_queue where id in (${CALLED_IN_VAIN} for update of q skip locked) and state <> 'running'
  returning *, null::text as error, $3::bytea as entry`,
  'cancelled',
);
export const REQUEST_CANCEL_CALLED = `
update run_queue set cancel_requested = true where id in (${CALLED_IN_VAIN}) and state = 'running'`;

/** Answers of runs that are over, and of requests that nobody holds any more. $1 how many. */
export const FORGET_ANSWERS = `
with old as materialized (
  select ctid from run_answer a where a.created_at < now() - interval '1 hour'
    and not exists (select from run_queue q where q.id = a.run_id) limit $1
), gone as (delete from run_answer where ctid in (select ctid from old) returning 1)
select count(*)::int as count from gone`;
export const FORGET_EVENT_ANSWERS = `
with old as materialized (
  select ctid from event_answer where created_at < now() - interval '1 hour' limit $1
), gone as (delete from event_answer where ctid in (select ctid from old) returning 1)
select count(*)::int as count from gone`;
