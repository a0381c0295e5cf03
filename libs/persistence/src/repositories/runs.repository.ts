import type { JournalEntry, RunKind, RunStatus } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { decodeEntries } from '../runs/journal-bytes.js';
import { FINISHED_RUN, QUEUED_RUN, withEventType } from './run-columns.js';

/** One run, queued or in history. */
export interface RunRow {
  readonly id: string;
  readonly workflowId: string;
  /** null: a draft's run. */
  readonly version: number | null;
  readonly kind: RunKind;
  readonly eventId: string | null;
  /** null where the event has none or is gone. */
  readonly eventType: string | null;
  readonly triggerStep: string;
  /** Set when this step alone was done. */
  readonly onlyStep: string | null;
  readonly createdAt: Date;
  readonly startedAt: Date | null;
  readonly journalRows: number;
  /** As `RunProgress` has them; null until a worker wrote, and in rows of older releases. */
  readonly stepsDone: number | null;
  readonly stepsTotal: number | null;
  readonly attempt: number | null;
  readonly status: RunStatus;
  readonly finishedAt: Date | null;
  /** Set while it waits. */
  readonly resumesAt: Date | null;
  /** JSON text of RunError. */
  readonly error: string | null;
  /** In which it waits for its turn. */
  readonly lane: string | null;
}

/** A run on the other end of a link. */
export interface RunLinkRow {
  /** It started the one that was asked about. */
  readonly isParent: boolean;
  readonly runId: string;
  readonly kind: 'subworkflow' | 'error' | 'retry';
  /** The calling step; empty for an error run and for a retry. */
  readonly path: string;
}

/** What a run was given and what it followed. */
export interface RunOriginRow {
  /** JSON text: the input of a run without an event, or of a step test. */
  readonly input: string | null;
  /** JSON text of the definition; null when it is gone. */
  readonly definition: string | null;
}

/** Single runs as people look at them, queued or in history, always of one project. */
export class RunsRepository {
  constructor(private readonly manager: EntityManager) {}

  async find(projectId: string, id: string): Promise<RunRow | undefined> {
    const rows = await this.manager.query<RunRow[]>(
      withEventType(
        `select ${QUEUED_RUN} from run_queue where id = $1 and project_id = $2
         union all
         select ${FINISHED_RUN} from run where id = $1 and project_id = $2`,
        '$2',
      ),
      [id, projectId],
    );
    return rows[0];
  }

  /** A version's definition, or what the draft was when its run began. */
  async originOf(
    projectId: string,
    run: Pick<RunRow, 'id' | 'workflowId' | 'version'>,
  ): Promise<RunOriginRow> {
    const rows = await this.manager.query<RunOriginRow[]>(
      `select i.input, coalesce(i.definition, v.definition) as definition
         from (select $1::uuid as run_id) as asked
         left join run_input i on i.run_id = asked.run_id and i.project_id = $2
         left join workflow_version v on v.workflow_id = $3 and v.version = $4 and v.project_id = $2`,
      [run.id, projectId, run.workflowId, run.version],
    );
    return rows[0] ?? { input: null, definition: null };
  }

  /** The journal so far: parts written on the way, then what its end brought. */
  async journalOf(projectId: string, runId: string): Promise<JournalEntry[]> {
    const rows = await this.manager.query<{ entries: Buffer }[]>(
      `select entries from (
         select j.first_seq as seq, j.entries from run_journal j where j.run_id = $1
           and exists (select from run_queue where id = $1 and project_id = $2
                       union all select from run where id = $1 and project_id = $2)
         union all
         select 2147483647, journal from run where id = $1 and project_id = $2 and journal is not null
       ) as parts order by seq`,
      [runId, projectId],
    );
    return rows.flatMap((row) => decodeEntries(row.entries));
  }

  /** The run that started this one, and those that this one started. */
  async linksOf(projectId: string, runId: string): Promise<RunLinkRow[]> {
    return this.manager.query<RunLinkRow[]>(
      `(select true as "isParent", parent_run_id as "runId", kind, path from run_link
          where child_run_id = $1 and project_id = $2 limit 1)
       union all
       (select false, child_run_id, kind, path from run_link
          where parent_run_id = $1 and project_id = $2 order by child_run_id limit 100)`,
      [runId, projectId],
    );
  }

  /** Values kept beside the journal because of their size, as JSON text by their id. */
  async valuesOf(projectId: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (ids.length === 0) return new Map();
    const rows = await this.manager.query<{ id: string; content: Buffer }[]>(
      `select id, content from stored_value where id = any($1::uuid[]) and project_id = $2`,
      [[...ids], projectId],
    );
    return new Map(rows.map((row) => [row.id, row.content.toString('utf8')] as const));
  }
}
