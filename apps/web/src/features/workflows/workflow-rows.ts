import type { WorkflowActivity, WorkflowSummary } from '@hookloom/contracts';

/** What the list says of a workflow: `problem` is a live one whose last run failed. */
export const ROW_STATUSES = ['live', 'problem', 'paused', 'draft'] as const;
export type RowStatus = (typeof ROW_STATUSES)[number];

/** One row of the list. */
export interface WorkflowRow {
  readonly workflow: WorkflowSummary;
  /** `undefined` while it is not known yet. */
  readonly activity: WorkflowActivity | undefined;
  readonly status: RowStatus;
  readonly runs: number;
  /** Share of 24 hours' ended runs that succeeded; `undefined` where none ended. */
  readonly success: number | undefined;
}

export interface RowFilter {
  readonly words: string;
  readonly status: string;
  readonly sender: string;
}

/** What the list can be sorted by; with a `-` before it the other way round. */
export const SORTS = ['name', 'status', 'last', 'runs', 'success', 'owner'] as const;
export type Sort = (typeof SORTS)[number];

export function toRow(workflow: WorkflowSummary, activity: WorkflowActivity | undefined): WorkflowRow {
  const hours = activity?.hours ?? [];
  const succeeded = hours.reduce((sum, hour) => sum + hour.succeeded, 0);
  const runs = hours.reduce((sum, hour) => sum + hour.failed, succeeded);
  const isFailing = workflow.status === 'live' && activity?.lastRun?.status === 'failed';
  const success = runs === 0 ? undefined : succeeded / runs;
  return { workflow, activity, status: isFailing ? 'problem' : workflow.status, runs, success };
}

/** The rows that fit all of it, in the wanted order; newest first where no order is wanted. */
export function chooseRows(rows: readonly WorkflowRow[], filter: RowFilter, sort: string): WorkflowRow[] {
  const words = filter.words.toLocaleLowerCase();
  const fitting = rows.filter(
    ({ workflow, status }) =>
      (filter.status === '' || filter.status === status) &&
      (filter.sender === '' || workflow.senders.includes(filter.sender)) &&
      (workflow.name.toLocaleLowerCase().includes(words) || workflow.key.includes(words)),
  );
  const isDown = sort.startsWith('-');
  const by = SORTS.find((known) => known === sort.replace(/^-/, ''));
  if (by === undefined) return fitting;
  const sorted = fitting.toSorted((a, b) => compare(valueOf(a, by), valueOf(b, by)));
  return isDown ? sorted.toReversed() : sorted;
}

/** The next order when a column's head is pressed: up, down, none. */
export function nextSort(now: string, pressed: Sort): string {
  if (now === pressed) return `-${pressed}`;
  return now === `-${pressed}` ? '' : pressed;
}

function valueOf({ workflow, activity, status, runs, success }: WorkflowRow, by: Sort): string | number {
  switch (by) {
    case 'name':
      return workflow.name;
    case 'status':
      return ROW_STATUSES.indexOf(status);
    case 'last':
      return activity?.lastRun?.createdAt ?? '';
    case 'runs':
      return runs;
    case 'success':
      return success ?? -1;
    case 'owner':
      return workflow.createdBy ?? '';
  }
}

const collator = new Intl.Collator('en', { numeric: true });

function compare(one: string | number, other: string | number): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other;
  return collator.compare(String(one), String(other));
}
