import { FINISHED_RUN_STATUSES, type RunFilter, type RunStatus } from '@hookloom/contracts';
import { lowestId } from '../database/partitions.js';
import { containing, type Conditions } from './conditions.js';
import { STATUS_OF_QUEUED } from './run-columns.js';

/** Which runs: by what a list filters, or by name. */
export interface RunChoice extends RunFilter {
  readonly ids?: readonly string[] | undefined;
  /** Events that hold the text `q`. */
  readonly eventIds?: readonly string[] | undefined;
  /** Runs whose input holds it; left out: they are looked for. */
  readonly inputRunIds?: readonly string[] | undefined;
  /** Events whose bodies compare as `where` says. */
  readonly comparedEventIds?: readonly string[] | undefined;
}

/** Failures that differ only in numbers and ids have one cause. U+0000 cannot be in a text of the database. */
const ERROR = `replace(error, '\\u0000', '')::json`;
export const CAUSE = `md5(concat_ws(' ', ${ERROR}->>'stepId', ${ERROR}->>'code', ${ERROR}->>'status',
  regexp_replace(${ERROR}->>'message', '[0-9a-f]{8}-[0-9a-f-]{27}|[0-9]+', '#', 'gi')))`;

/** One of the two tables with what is asked of its rows. */
export interface RunPlace {
  readonly table: 'run_queue' | 'run';
  readonly conditions: string;
}

/**
 * What a filter asks of runs, in the two places where they are. Each place adds its parameters when it is asked for, and
 * a statement must use all parameters that it has.
 */
export class RunPlaces {
  private readonly shared: string;

  /** @param where empty as yet: the project is its first parameter */
  constructor(
    private readonly where: Conditions,
    projectId: string,
    private readonly filter: RunChoice,
  ) {
    this.shared = where
      .add('project_id = ?', projectId)
      .addIfGiven('workflow_id = ?', filter.workflowId)
      .addIfGiven('kind = ?', filter.kind)
      .addIfGiven('version = ?', filter.version)
      .addIfGiven('id = any(?::uuid[])', filter.ids)
      .addIfGiven('event_id = any(?::uuid[])', filter.comparedEventIds)
      .addIfGiven('id >= ?', filter.from && lowestId(filter.from.getTime()))
      .addIfGiven('id < ?', filter.to && lowestId(filter.to.getTime())).sql;
  }

  /** Runs that are not over. */
  inQueue(): RunPlace {
    if (isOver(this.filter)) return this.nowhere();
    return { table: 'run_queue', conditions: this.joined(queuedConditions(this.where, this.filter)) };
  }

  /** Runs that are over. */
  inHistory(): RunPlace {
    if (isOpen(this.filter.status)) return this.nowhere();
    return { table: 'run', conditions: this.joined(finishedConditions(this.where, this.filter)) };
  }

  /** No run fits a filter that asks for two things of which one excludes the other. */
  private nowhere(): RunPlace {
    return { table: 'run', conditions: this.joined(['false']) };
  }

  private joined(conditions: readonly string[]): string {
    return [this.shared, ...conditions].join(' and ');
  }
}

function queuedConditions(where: Conditions, filter: RunChoice): string[] {
  return [
    statusCondition(where, STATUS_OF_QUEUED, filter.status),
    ...longer(where, 'now() - started_at', filter.longerThanMs),
    ...textInQueue(where, filter),
  ];
}

function finishedConditions(where: Conditions, filter: RunChoice): string[] {
  const { step, cause } = filter;
  return [
    statusCondition(where, 'status', filter.status),
    ...longer(where, 'finished_at - started_at', filter.longerThanMs),
    ...(step === undefined ? [] : [`${FAILED} and ${ERROR}->>'stepId' = ${where.parameter(step)}`]),
    ...(cause === undefined
      ? []
      : [`${FAILED} and ${CAUSE} = ${where.parameter(cause)} and not ${TAKEN_OVER}`]),
    ...textInHistory(where, filter),
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
function textInQueue(where: Conditions, filter: RunChoice): string[] {
  const { q, eventIds = [] } = filter;
  if (q === undefined) return [];
  const places = [
    `event_id = any(${where.parameter([...eventIds])}::uuid[])`,
    `has_input and id in (${inInput(where, q, filter)})`,
  ];
  if (PART_OF_ID.test(q)) places.push(`strpos(id::text, ${where.parameter(q)}) > 0`);
  return [`(${places.join(' or ')})`];
}

function textInHistory(where: Conditions, filter: RunChoice): string[] {
  const { q, eventIds = [] } = filter;
  if (q === undefined) return [];
  const places = [
    `select id from run where event_id = any(${where.parameter([...eventIds])}::uuid[])`,
    `select id from run where project_id = ${PROJECT} and ${FAILED} and error ilike ${where.parameter(containing(q))}`,
    inInput(where, q, filter),
  ];
  if (PART_OF_ID.test(q))
    places.push(
      `select id from run where project_id = ${PROJECT} and strpos(id::text, ${where.parameter(q)}) > 0`,
    );
  return [`id in (${places.join(' union all ')})`];
}

function inInput(where: Conditions, q: string, { inputRunIds }: RunChoice): string {
  return inputRunIds === undefined
    ? `select run_id from run_input where project_id = ${PROJECT} and strpos(input, ${where.parameter(q)}) > 0`
    : `select unnest(${where.parameter([...inputRunIds])}::uuid[])`;
}

/** The first parameter of all these conditions. */
const PROJECT = '$1';

/** Ids are written out only for what could be a part of one. */
const PART_OF_ID = /^[0-9a-f-]{4,36}$/;
