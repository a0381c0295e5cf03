import type { EntityManager } from 'typeorm';

/** A rule that hides values. */
export interface RedactionRuleRow {
  readonly id: string;
  readonly pattern: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}

const RULE = `id, pattern, created_by as "createdBy", created_at as "createdAt"`;

/** Which values of a project's events and runs people do not see. */
export class RedactionRulesRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Newest first. There are few, so all of them. */
  list(projectId: string): Promise<RedactionRuleRow[]> {
    return this.manager.query<RedactionRuleRow[]>(
      `select ${RULE} from redaction_rule where project_id = $1 order by id desc`,
      [projectId],
    );
  }

  /** @returns `undefined` if there is this rule already */
  async create(projectId: string, pattern: string, by: string): Promise<RedactionRuleRow | undefined> {
    const rows = await this.manager.query<RedactionRuleRow[]>(
      `insert into redaction_rule (project_id, pattern, created_by) values ($1, $2, $3)
       on conflict (project_id, pattern) do nothing returning ${RULE}`,
      [projectId, pattern, by],
    );
    return rows[0];
  }

  /** @returns its pattern; `undefined` if there was no such rule */
  async delete(projectId: string, id: string): Promise<string | undefined> {
    const rows = await this.manager.query<[{ pattern: string }[], number]>(
      'delete from redaction_rule where project_id = $1 and id = $2 returning pattern',
      [projectId, id],
    );
    return rows[0][0]?.pattern;
  }
}
