import { In, type EntityManager } from 'typeorm';
import { WorkflowEntity, WorkflowVersionEntity } from '../entities/index.js';
import { insertUnderKey, type WantedKey } from './keyed.js';
import { pageById, type PageOf, type RowPage } from './paging.js';

export interface NewWorkflow {
  readonly projectId: string;
  readonly name: string;
  readonly key: WantedKey;
  /** JSON text. */
  readonly definition: string;
  readonly createdBy: string;
}

export interface NewVersion {
  readonly projectId: string;
  readonly workflowId: string;
  readonly definition: string;
  readonly createdBy: string;
  readonly note: string | null;
}

/** A workflow that names something. */
export type WorkflowNaming = Pick<WorkflowEntity, 'id' | 'key' | 'name' | 'liveVersion' | 'paused'>;

/** Workflows with their drafts, and their frozen versions. */
export class WorkflowsRepository {
  constructor(private readonly manager: EntityManager) {}

  /** @returns `undefined` if the exact key is taken */
  create(workflow: NewWorkflow): Promise<WorkflowEntity | undefined> {
    const { projectId, name, definition, createdBy } = workflow;
    const at = { table: 'workflow' as const, projectId, wanted: workflow.key };
    return insertUnderKey(this.manager, at, async (key) => {
      const rows = await this.manager.query<{ id: string }[]>(
        `insert into workflow (project_id, key, name, definition, created_by, updated_by) values ($1, $2, $3, $4, $5, $5)
         on conflict (project_id, key) do nothing returning id`,
        [projectId, key, name, definition, createdBy],
      );
      return rows[0] && this.manager.findOneByOrFail(WorkflowEntity, { id: rows[0].id });
    });
  }

  find(projectId: string, id: string): Promise<WorkflowEntity | null> {
    return this.manager.findOneBy(WorkflowEntity, { projectId, id });
  }

  /** The workflow, kept for this transaction alone. */
  findForUpdate(projectId: string, id: string): Promise<WorkflowEntity | null> {
    return this.manager.findOne(WorkflowEntity, {
      where: { projectId, id },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async findByKeys(
    projectId: string,
    keys: readonly string[],
  ): Promise<Pick<WorkflowEntity, 'key' | 'liveVersion'>[]> {
    if (keys.length === 0) return [];
    return this.manager.find(WorkflowEntity, {
      select: { key: true, liveVersion: true },
      where: { projectId, key: In([...keys]) },
    });
  }

  list(projectId: string, page: PageOf): Promise<RowPage<WorkflowEntity>> {
    const query = this.manager
      .createQueryBuilder(WorkflowEntity, 'row')
      .where('row.projectId = :projectId', { projectId });
    return pageById(query, page);
  }

  /** Writes a draft if it still has the revision that the change was made from. */
  async saveDraft(draft: {
    readonly projectId: string;
    readonly id: string;
    readonly name: string;
    readonly definition: string;
    readonly savedBy: string;
    readonly fromRevision: number;
  }): Promise<boolean> {
    const result = await this.manager.update(
      WorkflowEntity,
      { projectId: draft.projectId, id: draft.id, revision: draft.fromRevision },
      {
        name: draft.name,
        definition: draft.definition,
        revision: draft.fromRevision + 1,
        updatedBy: draft.savedBy,
        updatedAt: () => 'now()',
      },
    );
    return result.affected === 1;
  }

  /** Says which version is live (`null`: none) and whether it is paused. */
  async setLive(
    projectId: string,
    id: string,
    live: { version: number | null; paused: boolean },
  ): Promise<void> {
    await this.manager.update(
      WorkflowEntity,
      { projectId, id },
      { liveVersion: live.version, paused: live.paused, updatedAt: () => 'now()' },
    );
  }

  /** Writes how far the guided setup is, as JSON text. It is no part of the draft: its revision stays. */
  async saveSetup(projectId: string, id: string, setup: string): Promise<void> {
    await this.manager.update(WorkflowEntity, { projectId, id }, { setup });
  }

  async delete(projectId: string, id: string): Promise<void> {
    await this.manager.delete(WorkflowEntity, { projectId, id });
  }

  /** Freezes a document under the next number. Call with the workflow kept by `findForUpdate`. */
  async addVersion(version: NewVersion): Promise<number> {
    const rows = await this.manager.query<{ version: number }[]>(
      `insert into workflow_version (workflow_id, version, project_id, definition, created_by, note)
       select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5 from workflow_version where workflow_id = $1
       returning version`,
      [version.workflowId, version.projectId, version.definition, version.createdBy, version.note],
    );
    return rows[0]?.version ?? 1;
  }

  findVersion(projectId: string, workflowId: string, version: number): Promise<WorkflowVersionEntity | null> {
    return this.manager.findOneBy(WorkflowVersionEntity, { projectId, workflowId, version });
  }

  /** Versions, newest first, below `before` if given. */
  async listVersions(at: {
    readonly projectId: string;
    readonly workflowId: string;
    readonly limit: number;
    readonly before: number | undefined;
  }): Promise<{ rows: WorkflowVersionEntity[]; next: number | null }> {
    const query = this.manager
      .createQueryBuilder(WorkflowVersionEntity, 'row')
      .where('row.projectId = :projectId and row.workflowId = :workflowId', at);
    if (at.before !== undefined) query.andWhere('row.version < :before', { before: at.before });
    const rows = await query
      .orderBy('row.version', 'DESC')
      .limit(at.limit + 1)
      .getMany();
    const items = rows.slice(0, at.limit);
    return { rows: items, next: rows.length > at.limit ? (items.at(-1)?.version ?? null) : null };
  }

  /** The workflows whose draft or live version names a connection or endpoint by this key, in any field. */
  async findUsing(
    projectId: string,
    field: 'connection' | 'endpoint',
    key: string,
  ): Promise<WorkflowNaming[]> {
    return this.manager.query<WorkflowNaming[]>(
      `select w.id, w.key, w.name, w.live_version as "liveVersion", w.paused from workflow w
         left join workflow_version v on v.workflow_id = w.id and v.version = w.live_version
        where w.project_id = $1 and (strpos(w.definition, $2) > 0 or strpos(coalesce(v.definition, ''), $2) > 0)
        order by w.key`,
      [projectId, `"${field}":${JSON.stringify(key)}`],
    );
  }

  /** How many workflows name each connection in their draft or live version, by its key. */
  async countUsingConnections(projectId: string): Promise<ReadonlyMap<string, number>> {
    const rows = await this.manager.query<{ key: string; users: number }[]>(
      `select named.key[1] as key, count(distinct w.id)::int as users from workflow w
         left join workflow_version v on v.workflow_id = w.id and v.version = w.live_version
        cross join lateral regexp_matches(
          w.definition || coalesce(v.definition, ''), '"connection":"([a-z0-9-]+)"', 'g') as named (key)
        where w.project_id = $1 group by 1`,
      [projectId],
    );
    return new Map(rows.map(({ key, users }) => [key, users]));
  }
}
