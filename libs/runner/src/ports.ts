import type {
  JournalEntry,
  RunChange,
  RunError,
  RunKind,
  FinishedRunStatus,
  WorkflowDefinition,
} from '@hookloom/contracts';
import type { OpenConnection } from '@hookloom/step-kit';

/** The event that started a run. */
export interface RunEvent {
  readonly id: string;
  readonly receivedAt: Date;
  readonly method: string;
  /** JSON object text: names in lower case, repeats joined by `, `. */
  readonly headersJson: string;
  /** The query string as received, without `?`. */
  readonly query: string;
  readonly contentType: string | undefined;
  /** The exact bytes; of a large one how to get them, since few steps of few runs read it. */
  readonly body: Uint8Array | (() => Promise<Uint8Array>);
  readonly type: string | undefined;
  readonly sender: string;
  /** Its request is held open until a run has an answer. */
  readonly isAwaited?: boolean;
}

/** What ended a wait of one step: JSON text, or why what it waited for failed. */
export interface RunAnswer {
  readonly path: string;
  readonly generation: number;
  readonly result: StepAnswer;
}
export type StepAnswer = { readonly outputJson: string } | { readonly error: RunError };

/** What goes to a held request: a person's answer, or (at the run's end) what its last step gave. */
export type HeldAnswer =
  | { readonly kind: 'respond'; readonly answerJson: string }
  | { readonly kind: 'ended'; readonly outputJson: string };

/** A step of a run as another run knows it. */
export interface StepPlace {
  readonly path: string;
  readonly generation: number;
}

/** `refused`: the author must change something. */
export type ChildStart =
  | { readonly kind: 'started'; readonly runId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** A run that this worker owns until its lease ends, with all that is needed to go on. */
export interface ClaimedRun {
  readonly id: string;
  readonly projectId: string;
  readonly workflowId: string;
  /** null: a draft's run; its definition is the run's own. */
  readonly version: number | null;
  readonly kind: RunKind;
  readonly triggerStepId: string;
  /** Only this step is to be done (a step test). */
  readonly onlyStepId: string | undefined;
  /** Grows with each claim; every write names it. */
  readonly fence: number;
  readonly createdAt: Date;
  /** When it was first claimed: the same for all that goes on with it. */
  readonly startedAt: Date;
  /** Seconds already spent queued and running, waiting aside, before this claim. */
  readonly spentSeconds: number;
  readonly event: RunEvent | undefined;
  /** JSON text: the input of a run without an event. */
  readonly input: string | undefined;
  /** A run continues after these; empty at its first claim. */
  readonly journal: readonly JournalEntry[];
  /** Set where its journal is stored but cannot be read, so that it cannot go on: how many entries that has. */
  readonly unreadableEntries?: number;
  readonly cancelRequested: boolean;
  /** What came for its waiting steps. */
  readonly answers?: readonly RunAnswer[] | undefined;
  /** The run that waits for this one. */
  readonly parentRunId?: string | undefined;
  /** How many runs wait for this one, one for another; 0 for a run of its own. */
  readonly depth?: number;
  /** It has its place in its workflow's lane. */
  readonly isInLane?: boolean;
}

/** A journal entry with its output as JSON text, as it is written. */
export interface WrittenEntry {
  readonly entry: JournalEntry;
  readonly outputJson: string | undefined;
}

/** Names a run as owned: a write with another fence than the row's changes nothing. */
export interface Ownership {
  readonly id: string;
  readonly fence: number;
}

/** The lane that a run belongs to, as its workflow says. */
export interface LaneEntry {
  readonly key: string;
  /** Runs of this key at the same time. */
  readonly concurrency: number;
  /** A newer run takes the place of older ones that have not begun. */
  readonly keepsNewest: boolean;
  /** Since the run came, before it may begin. */
  readonly quietSeconds: number;
}

/**
 * `waits`: it left this worker's hands until its turn. `superseded`: it must end, a newer run took its place. `later`: an
 * older run has not named its lane yet, so put it aside for a moment. `skipped`: older runs that ended for this one.
 */
export type LaneOutcome =
  | { readonly kind: 'entered' | 'waits'; readonly skipped: readonly string[] }
  | { readonly kind: 'superseded'; readonly error: RunError }
  | { readonly kind: 'later' };

/** How far a run is, as lists show it: nobody decodes a journal for a row. */
export interface RunProgress {
  /** Steps that succeeded, those inside loops aside. */
  readonly done: number;
  /** Steps that are or may yet be done: without those on ways that were not taken. */
  readonly total: number;
  /** The most attempts that one of its steps took; a person's retry counts anew. */
  readonly attempt: number;
}

/** How the worker's hold on a run ends. */
export type RunRelease = RunEnding & { readonly progress?: RunProgress | undefined };
type RunEnding =
  | {
      readonly kind: 'finished';
      readonly status: FinishedRunStatus;
      readonly error: RunError | undefined;
      readonly finishedAt: number;
    }
  | { readonly kind: 'asleep'; readonly until: number }
  /** Out of its slice or the worker stops: claimable at once, nothing charged. */
  | { readonly kind: 'handedBack' };

/** The truth about runs. All writes are fenced; `false` means: no longer yours, throw your work away. */
export interface RunStore {
  /**
   * Up to `limit` runs that are due, now owned by this worker; of all projects that have some an equal share.
   *
   * @param busy by project, where it has little room left in this worker: how many more may be claimed
   */
  claim(limit: number, busy?: ReadonlyMap<string, number>): Promise<ClaimedRun[]>;
  /** Makes entries durable before an unsafe step acts or when the journal grows long. `firstSeq`: number of the first. */
  append(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    progress?: RunProgress,
  ): Promise<boolean>;
  /** The last entries and the end of this hold, together. `firstSeq`: number of the first entry. */
  release(
    run: Ownership,
    firstSeq: number,
    entries: readonly WrittenEntry[],
    how: RunRelease,
  ): Promise<boolean>;
  /** Stores a value over LIMITS.inlineBytes; runs see it as `outputRef`. */
  storeValue(run: Ownership & { projectId: string }, json: string): Promise<{ ref: string; bytes: number }>;
  loadValue(projectId: string, ref: string): Promise<string>;
  /** Gives the event's held request something to answer with; the first of each run counts. */
  respond(run: ClaimedRun, answer: HeldAnswer): Promise<boolean>;
  /** Starts the live version of a workflow of the same project, once for each place however often it is called. */
  startChild(
    run: ClaimedRun,
    place: StepPlace,
    call: { readonly workflow: string; readonly inputJson: string },
  ): Promise<ChildStart | false>;
  /** Takes a place in a lane before the run's first step, or puts the run aside until it has one. */
  enterLane(run: ClaimedRun, lane: LaneEntry): Promise<LaneOutcome | false>;
  /** The time of a wait is up, so that nothing can end it any more. Gives what came in the last moment. */
  closeWait(run: ClaimedRun, place: StepPlace): Promise<StepAnswer | undefined | false>;
  /** Ends the wait of the run that waits for this one. */
  answerParent(run: ClaimedRun, result: StepAnswer): Promise<boolean>;
  /** Starts the workflow's own error trigger, once for this end of the run (`seq`: its number of entries). */
  startErrorRun(
    run: ClaimedRun,
    start: { readonly seq: number; readonly triggerStepId: string; readonly inputJson: string },
  ): Promise<string | false>;
  /** Renews this worker's lease. Answers what it still owns and which of that is to be cancelled. */
  heartbeat(): Promise<{ alive: boolean; cancelled: readonly string[] }>;
  /**
   * Gives the lease up, since it could not be renewed in time: all in hand is left to other workers, and the next
   * claim begins a new lease under a new owner.
   */
  abandon(): void;
}

/** The workflow, or what was kept of a draft, was deleted: the run can never go on. */
export class DefinitionGone extends Error {
  readonly code = 'definition_gone';
  constructor() {
    super('The workflow of this run was deleted, so the run cannot go on.');
    this.name = 'DefinitionGone';
  }
}

/** What is stored of a run's journal cannot be read: the run can never go on. */
export class JournalUnreadable extends Error {
  readonly code = 'journal_unreadable';
  constructor() {
    super(
      'What this run had done cannot be read any more, so it cannot go on. Look whether the database was damaged; replay its event to do all of it again.',
    );
    this.name = 'JournalUnreadable';
  }
}

/** Immutable definitions, cached by the adapter. */
export interface DefinitionSource {
  /** The definition of a version, or of a draft's run. @throws DefinitionGone */
  load(run: Pick<ClaimedRun, 'id' | 'projectId' | 'workflowId' | 'version'>): Promise<LoadedWorkflow>;
}

export interface LoadedWorkflow {
  readonly key: string;
  readonly name: string;
  readonly definition: WorkflowDefinition;
  /** Only of a draft's run. JSON text by step id: what a step gives without being done. */
  readonly pins?: ReadonlyMap<string, string>;
}

/** Opens a connection of the run's own project; `undefined` if there is none of that key. */
export interface ConnectionSource {
  open(projectId: string, key: string): Promise<OpenConnection | undefined>;
}

/** The body of an event as it is stored, not read yet. */
export interface StoredBody {
  readonly bytes: number;
  readonly contentType: string | undefined;
  /** The content encoding that the bytes still have. */
  readonly contentEncoding: string | undefined;
  load(): Promise<Uint8Array>;
}

/** `foreign`: the event is not this run's; `gone`: it was, and is no longer kept. */
export type FoundBody =
  | { readonly kind: 'found'; readonly body: StoredBody }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'gone' };

/** The events whose files a run may read: its own, and those of the runs that wait for it. */
export interface EventBodySource {
  /** @param isPinned it is the event that is pinned as the trigger, in the test of a single step */
  find(run: Pick<ClaimedRun, 'id' | 'projectId'>, eventId: string, isPinned: boolean): Promise<FoundBody>;
}

/** Plain named values of a project: a JSON object's text, at most one second old. */
export interface VariableSource {
  load(projectId: string): Promise<string>;
}

/** Tells those who watch. Best effort: losing a change costs freshness, never truth. */
export interface ChangePublisher {
  publish(projectId: string, change: RunChange): void;
  /** The request that is held open for this event may be answered now. */
  answered(projectId: string, eventId: string): void;
  /** These runs are due. */
  ring(runIds: readonly string[]): void;
}
