import type { JournalEntry, RunKind } from '@hookloom/contracts';
import type { ClaimedRun, RunAnswer, RunEvent } from '@hookloom/runner';

/** `answer_status` of an event whose request is held open until a run answers it. */
export const AWAITED = 0;
/** `answer_status` of an event whose sender went away, or whose server stopped, before there was an answer. */
export const UNANSWERED = 499;

/** A row as a claim gives it; `id` is null on the row that only says whether lanes wait. */
export interface ClaimRow {
  readonly lanes_wait: boolean;
  readonly id: string | null;
  readonly project_id: string;
  readonly workflow_id: string;
  readonly version: number | null;
  readonly kind: RunKind;
  readonly trigger_step: string;
  readonly only_step: string | null;
  readonly fence: number;
  readonly created_at: Date;
  readonly started_at: Date;
  /** bigint, so text. */
  readonly spent_ms: string;
  readonly journal_rows: number;
  readonly cancel_requested: boolean;
  readonly has_input: boolean;
  readonly has_answers: boolean;
  readonly parent_run_id: string | null;
  readonly depth: number;
  readonly lane_key: string | null;
  readonly lane_entered: boolean;
  readonly event_id: string | null;
  readonly received_at: Date;
  readonly method: string;
  readonly headers: string;
  readonly query: string;
  readonly content_type: string | null;
  /** null: too large to come with the claim. */
  readonly body: Buffer | null;
  readonly type: string | null;
  readonly sender: string;
  readonly answer_status: number;
}

export type OwnedRow = ClaimRow & { readonly id: string };

export function isOwned(row: ClaimRow): row is OwnedRow {
  return row.id !== null;
}

/** What a claim loads beside the row. `journal`: undefined where what is stored cannot be read. */
interface Loaded {
  readonly input: string | undefined;
  readonly journal: readonly JournalEntry[] | undefined;
  readonly answers: readonly RunAnswer[] | undefined;
  readonly body: RunEvent['body'];
}

export function toClaimedRun(row: OwnedRow, { input, journal, answers, body }: Loaded): ClaimedRun {
  return {
    id: row.id,
    projectId: row.project_id,
    workflowId: row.workflow_id,
    version: row.version,
    kind: row.kind,
    triggerStepId: row.trigger_step,
    onlyStepId: row.only_step ?? undefined,
    fence: row.fence,
    createdAt: row.created_at,
    startedAt: row.started_at,
    spentSeconds: Number(row.spent_ms) / 1_000,
    event: toRunEvent(row, body),
    input,
    journal: journal ?? [],
    ...(journal === undefined ? { unreadableEntries: row.journal_rows } : {}),
    cancelRequested: row.cancel_requested,
    answers,
    parentRunId: row.parent_run_id ?? undefined,
    depth: row.depth,
    isInLane: row.lane_entered,
  };
}

function toRunEvent(row: OwnedRow, body: RunEvent['body']): RunEvent | undefined {
  if (row.event_id === null) return undefined;
  return {
    id: row.event_id,
    receivedAt: row.received_at,
    method: row.method,
    headersJson: row.headers,
    query: row.query,
    contentType: row.content_type ?? undefined,
    body,
    type: row.type ?? undefined,
    sender: row.sender,
    isAwaited: row.answer_status === AWAITED,
  };
}
