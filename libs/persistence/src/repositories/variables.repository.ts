import type { EntityManager } from 'typeorm';
import { VariableEntity } from '../entities/index.js';
import { insertUnderKey } from './keyed.js';
import { pageById, type PageOf, type RowPage } from './paging.js';

/** Plain named values of a project; `value` is JSON text. */
export class VariablesRepository {
  constructor(private readonly manager: EntityManager) {}

  /** @returns `undefined` if the key is taken */
  create(variable: { projectId: string; key: string; value: string }): Promise<VariableEntity | undefined> {
    const { projectId, value } = variable;
    const at = { table: 'variable' as const, projectId, wanted: { exact: variable.key } };
    return insertUnderKey(this.manager, at, async (key) => {
      const rows = await this.manager.query<{ id: string }[]>(
        `insert into variable (project_id, key, value) values ($1, $2, $3)
         on conflict (project_id, key) do nothing returning id`,
        [projectId, key, value],
      );
      return rows[0] && this.manager.findOneByOrFail(VariableEntity, { id: rows[0].id });
    });
  }

  find(projectId: string, id: string): Promise<VariableEntity | null> {
    return this.manager.findOneBy(VariableEntity, { projectId, id });
  }

  list(projectId: string, page: PageOf): Promise<RowPage<VariableEntity>> {
    const query = this.manager
      .createQueryBuilder(VariableEntity, 'row')
      .where('row.projectId = :projectId', { projectId });
    return pageById(query, page);
  }

  async update(at: { projectId: string; id: string }, value: string): Promise<void> {
    await this.manager.update(VariableEntity, at, { value, updatedAt: () => 'now()' });
  }

  /** @returns whether there was such a variable */
  async delete(projectId: string, id: string): Promise<boolean> {
    const result = await this.manager.delete(VariableEntity, { projectId, id });
    return result.affected === 1;
  }
}
