import type { JournalEntry } from '@hookloom/contracts';
import type { ClaimedRun, Ownership, RunAnswer } from '@hookloom/runner';
import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import { CLAIM, CLAIM_LIMITED, CLAIM_SUSPECT } from './claim.sql.js';
import { isOwned, toClaimedRun, type ClaimRow, type OwnedRow } from './claimed-row.js';
import { loadEventBody } from './event-body.js';
import { LOAD_ANSWERS } from './run-flow.sql.js';
import { decodeEntries } from './journal-bytes.js';
import type { Lane } from './lanes.js';

/** Counting running runs and claiming up to the limit must not interleave between workers. */
const LANES_LOCK = 0x6c616e65;
/** After lanes had nothing to give, they are not asked again for this long, milliseconds. */
const LANES_PAUSE_MS = 50;

/** Before all ids. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/** Takes ready runs into this worker's hands. */
export class RunClaimer {
  private lanesWait = false;
  private nextLanesAt = 0;
  /** After which project, and which workflow with a limit, the next turn begins. */
  private lastProject = NOBODY;
  private lastFlow = NOBODY;

  constructor(private readonly pool: pg.Pool) {}

  /** Whether runs were waiting in a lane of their own at the last claim. */
  get hasLanesWaiting(): boolean {
    return this.lanesWait;
  }

  /** A place under a limit became free: lanes are worth asking again. */
  noteFreePlace(): void {
    this.nextLanesAt = 0;
  }

  /**
   * @param busy projects that have little room left in this worker, and how much
   * @param note is told the runs as soon as they are owned, before anything else can fail
   */
  async claim(
    owner: string,
    limit: number,
    busy: ReadonlyMap<string, number>,
    note: (claimed: readonly (Ownership & { readonly lane: Lane | undefined })[]) => void,
  ): Promise<ClaimedRun[]> {
    const rows: OwnedRow[] = [];
    const take = async (claiming: Promise<OwnedRow[]>): Promise<void> => {
      const claimed = await claiming;
      note(claimed.map((row) => ({ id: row.id, fence: row.fence, lane: laneOf(row) })));
      rows.push(...claimed);
    };
    const knewOfLanes = this.lanesWait;
    if (knewOfLanes) await take(this.claimLanes(owner, Math.ceil(limit / 2), busy));
    await take(this.claimPlain(owner, limit - rows.length, busy));
    if (!knewOfLanes && this.lanesWait && rows.length < limit) {
      await take(this.claimLanes(owner, limit - rows.length, busy));
    }
    return this.complete(rows);
  }

  private async claimPlain(
    owner: string,
    limit: number,
    busy: ReadonlyMap<string, number>,
  ): Promise<OwnedRow[]> {
    const values = [limit, owner, this.lastProject, [...busy.keys()], [...busy.values()]];
    const answer = await this.pool.query<ClaimRow>({ name: 'claim', text: CLAIM, values });
    this.lanesWait = answer.rows[0]?.lanes_wait ?? false;
    const rows = answer.rows.filter(isOwned);
    this.lastProject = firstAfter(
      this.lastProject,
      rows.map((row) => row.project_id),
    );
    return rows;
  }

  /** Runs under a limit and suspects, one worker at a time. */
  private async claimLanes(
    owner: string,
    limit: number,
    busy: ReadonlyMap<string, number>,
  ): Promise<OwnedRow[]> {
    if (performance.now() < this.nextLanesAt) return [];
    const rows = await inTransaction(this.pool, async (client) => {
      const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1) as mine', [
        LANES_LOCK,
      ]);
      if (!lock.rows[0]?.mine) return [];
      const values = [limit, owner];
      const suspects = await client.query<ClaimRow>({ name: 'claim-suspect', text: CLAIM_SUSPECT, values });
      const limited = await client.query<ClaimRow>({
        name: 'claim-limited',
        text: CLAIM_LIMITED,
        values: [...values, this.lastFlow, [...busy.keys()], [...busy.values()]],
      });
      this.lastFlow = firstAfter(
        this.lastFlow,
        limited.rows.filter(isOwned).map((row) => row.workflow_id),
      );
      return [...suspects.rows, ...limited.rows].filter(isOwned);
    });
    if (rows.length === 0) this.nextLanesAt = performance.now() + LANES_PAUSE_MS;
    return rows;
  }

  /** Input and journal, for the few runs that have them. */
  private async complete(rows: readonly OwnedRow[]): Promise<ClaimedRun[]> {
    const [inputs, { journals, unreadable }, answers] = await Promise.all([
      this.loadInputs(rows.filter((row) => row.has_input)),
      this.loadJournals(rows.filter((row) => row.journal_rows > 0)),
      this.loadAnswers(rows.filter((row) => row.has_answers)),
    ]);
    return rows.map((row) =>
      toClaimedRun(row, {
        input: inputs.get(row.id),
        journal: unreadable.has(row.id) ? undefined : (journals.get(row.id) ?? []),
        answers: answers.get(row.id),
        body: row.body ?? (() => this.loadBody(row)),
      }),
    );
  }

  private loadBody({ event_id: id, project_id: projectId }: OwnedRow): Promise<Uint8Array> {
    return id === null ? Promise.resolve(new Uint8Array()) : loadEventBody(this.pool, { id, projectId });
  }

  private async loadInputs(rows: readonly OwnedRow[]): Promise<Map<string, string>> {
    if (rows.length === 0) return new Map();
    const answer = await this.pool.query<{ run_id: string; input: string | null }>({
      name: 'run-inputs',
      text: 'select run_id, input from run_input where run_id = any($1)',
      values: [rows.map((row) => row.id)],
    });
    return new Map(answer.rows.flatMap(({ run_id, input }) => (input === null ? [] : [[run_id, input]])));
  }

  private async loadAnswers(rows: readonly OwnedRow[]): Promise<Map<string, RunAnswer[]>> {
    const answers = new Map<string, RunAnswer[]>();
    if (rows.length === 0) return answers;
    const found = await this.pool.query<{ run_id: string; path: string; generation: number; result: string }>(
      {
        name: 'run-answers',
        text: LOAD_ANSWERS,
        values: [rows.map((row) => row.id)],
      },
    );
    for (const { run_id, path, generation, result } of found.rows) {
      const known = answers.get(run_id) ?? [];
      known.push({ path, generation, result: JSON.parse(result) });
      answers.set(run_id, known);
    }
    return answers;
  }

  /** `unreadable`: what is stored is no journal; only that run must end, not the claim. */
  private async loadJournals(
    rows: readonly OwnedRow[],
  ): Promise<{ journals: Map<string, JournalEntry[]>; unreadable: Set<string> }> {
    const journals = new Map<string, JournalEntry[]>();
    const unreadable = new Set<string>();
    if (rows.length === 0) return { journals, unreadable };
    const answer = await this.pool.query<{ run_id: string; entries: Buffer }>({
      name: 'run-journals',
      text: 'select run_id, entries from run_journal where run_id = any($1) order by run_id, first_seq',
      values: [rows.map((row) => row.id)],
    });
    for (const { run_id, entries } of answer.rows) {
      const journal = journals.get(run_id) ?? [];
      journals.set(run_id, journal);
      try {
        for (const entry of decodeEntries(entries)) journal.push(entry);
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        unreadable.add(run_id);
      }
    }
    return { journals, unreadable };
  }
}

/** Who came first in a turn that began after `last`: the next one begins after that one. */
function firstAfter(last: string, ids: readonly string[]): string {
  const sorted = ids.toSorted();
  return sorted.find((id) => id > last) ?? sorted[0] ?? last;
}

/** The lane in which a run has a place. */
function laneOf({ workflow_id: workflowId, lane_key: key, lane_entered }: OwnedRow): Lane | undefined {
  return lane_entered && key !== null ? { workflowId, key } : undefined;
}
