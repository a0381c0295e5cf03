import type { EntityManager } from 'typeorm';

export interface AuditRow {
  readonly projectId: string;
  /** Who did it: `user:<id>` or `api-key:<id>`; `server` for what nobody asked for. */
  readonly actor: string;
  /** A verb: `create`, `publish`, `rotate`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  /** A sentence or JSON text; never a secret. */
  readonly detail?: string;
}

/** Who changed what. Record inside the transaction of the change, so that neither is there without the other. */
export class AuditRepository {
  constructor(private readonly manager: EntityManager) {}

  async record(row: AuditRow): Promise<void> {
    await this.manager.query(
      `insert into audit (project_id, actor, action, subject_kind, subject_id, detail) values ($1, $2, $3, $4, $5, $6)`,
      [row.projectId, row.actor, row.action, row.subjectKind, row.subjectId, row.detail ?? null],
    );
  }
}
