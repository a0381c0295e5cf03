import { RunError, type RunChange, type RunSummary } from '@hookloom/contracts';
import type { RunRow } from '@hookloom/persistence';

/** Where a run stands, as the live stream tells it. */
export function toRunChange({ id, journalRows, status }: RunRow): RunChange {
  return { runId: id, seq: journalRows, status };
}

/** One run without its steps. */
export function toRunSummary(row: RunRow): RunSummary {
  const view: RunSummary = {
    id: row.id,
    workflowId: row.workflowId,
    version: row.version,
    kind: row.kind,
    status: row.status,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
  if (row.eventId !== null) view.eventId = row.eventId;
  if (row.eventType !== null) view.eventType = row.eventType;
  if (row.lane !== null) view.lane = row.lane;
  if (row.resumesAt !== null) view.resumesAt = row.resumesAt.toISOString();
  if (row.error !== null) view.error = RunError.parse(JSON.parse(row.error));
  if (row.stepsDone !== null && row.stepsTotal !== null) {
    view.progress = { done: row.stepsDone, total: row.stepsTotal };
  }
  if (row.attempt !== null) view.attempt = row.attempt;
  return view;
}
