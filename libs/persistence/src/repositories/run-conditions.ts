import { FINISHED_RUN_STATUSES, type RunFilter, type RunStatus } from '@hookloom/contracts';
import { lowestId } from '../database/partitions.js';
import { containing, type Conditions } from './conditions.js';
import { STATUS_OF_QUEUED } from './run-columns.js';

/** Which runs: by what a list filters, or by name. */
export interface RunChoice extends RunFilter {
  readonly ids?: readonly string[] | undefined;
  /** Events that hold the text `q`. */
  readonly eventIds?: readonly string[] | undefined;
}

/** Conditions in both places where runs are; `undefined`: none there can fit. */
export interface RunPlaces {
  readonly queued: string | undefined;
  readonly finished: string | undefined;
}

/** Failures that differ only in numbers and ids have one cause. U+0000 cannot be in a text of the database. */
const ERROR = `replace(error, '\\u0000', '')::json`;
export const CAUSE = `md5(concat_ws(' ', ${ERROR}->>'stepId', ${ERROR}->>'code', ${ERROR}->>'status',
  regexp_replace(${ERROR}->>'message', '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+', '#', 'gi')))`;

/**
 * Adds what a filter asks of every run to `where`, and gives the conditions of the two tables.
 *
 * @param where empty as yet: the project is its first parameter
 */
export function runPlaces(where: Conditions, projectId: string, filter: RunChoice): RunPlaces {
  where
    .add('project_id = ?', projectId)
    .addIfGiven('workflow_id = ?', filter.workflowId)
    .addIfGiven('kind = ?', filter.kind)
    .addIfGiven('version = ?', filter.version)
    .addIfGiven('id = any(?::uuid[])', filter.ids)
    .addIfGiven('id >= ?', filter.from && lowestId(filter.from.getTime()))
    .addIfGiven('id < ?', filter.to && lowestId(filter.to.getTime()));
  const shared = where.sql;
  const text = filter.q === undefined ? undefined : new TextPlaces(where, filter);
  return {
    queued: isOver(filter) ? undefined : [shared, ...queuedConditions(where, filter, text)].join(' and '),
    finished: isOpen(filter.status)
      ? undefined
      : [shared, ...finishedConditions(where, filter, text)].join(' and '),
  };
}

function queuedConditions(where: Conditions, filter: RunChoice, text: TextPlaces | undefined): string[] {
  return [
    statusCondition(where, STATUS_OF_QUEUED, filter.status),
    ...longer(where, 'now() - started_at', filter.longerThanMs),
    ...(text === undefined ? [] : [text.inQueue]),
  ];
}

function finishedConditions(where: Conditions, filter: RunChoice, text: TextPlaces | undefined): string[] {
  const { step, cause } = filter;
  return [
    statusCondition(where, 'status', filter.status),
    ...longer(where, 'finished_at - started_at', filter.longerThanMs),
    ...(step === undefined ? [] : [`${FAILED} and ${ERROR}->>'stepId' = ${where.parameter(step)}`]),
    ...(cause === undefined
      ? []
      : [`${FAILED} and ${CAUSE} = ${where.parameter(cause)} and not ${TAKEN_OVER}`]),
    ...(text === undefined ? [] : [text.inHistory]),
  ];
}

/** A run of the live version took over from it: it is mended, or failed again as that run. */
export const TAKEN_OVER = `exists (select from run_link l where l.parent_run_id = run.id and l.kind = 'retry')`;

/** As the index of failures has it. */
const FAILED = `status = 'failed' and error is not null`;

function statusCondition(where: Conditions, column: string, status: RunStatus | undefined): string {
  return status === undefined ? `${column} <> 'skipped'` : `${column} = ${where.parameter(status)}`;
}

function longer(where: Conditions, interval: string, ms: number | undefined): string[] {
  return ms === undefined ? [] : [`${interval} > ${where.parameter(ms)}::int8 * interval '1 millisecond'`];
}

const OVER: readonly string[] = FINISHED_RUN_STATUSES;

/** Only a run that is over can fit. */
function isOver({ status, step, cause }: RunChoice): boolean {
  return step !== undefined || cause !== undefined || (status !== undefined && OVER.includes(status));
}

function isOpen(status: RunStatus | undefined): boolean {
  return status !== undefined && !OVER.includes(status);
}

/**
 * Where a text may stand: in the id, the error, the input or the event. Ids of runs that hold it are gathered first:
 * each place has an index or few rows, while looking at one run after the other would read all of them.
 */
class TextPlaces {
  readonly inQueue: string;
  readonly inHistory: string;

  constructor(where: Conditions, { q = '', eventIds = [] }: RunChoice) {
    const project = '$1';
    const text = where.parameter(q);
    const events = where.parameter([...eventIds]);
    const inInput = `select run_id from run_input where project_id = ${project} and strpos(input, ${text}) > 0`;
    const queued = [`event_id = any(${events}::uuid[])`, `has_input and id in (${inInput})`];
    const finished = [
      `select id from run where event_id = any(${events}::uuid[])`,
      `select id from run where project_id = ${project} and ${FAILED} and error ilike ${where.parameter(containing(q))}`,
      inInput,
    ];
    if (PART_OF_ID.test(q)) {
      queued.push(`strpos(id::text, ${text}) > 0`);
      finished.push(`select id from run where project_id = ${project} and strpos(id::text, ${text}) > 0`);
    }
    this.inQueue = `(${queued.join(' or ')})`;
    this.inHistory = `id in (${finished.join(' union all ')})`;
  }
}

/** Ids are written out only for what could be a part of one. */
const PART_OF_ID = /^[0-9a-f-]{4,36}$/;
