import type { EntityManager } from 'typeorm';

/** Settings of a project, each JSON text under a name. */
export class ProjectSettingsRepository {
  constructor(private readonly manager: EntityManager) {}

  async find(projectId: string, name: string): Promise<string | undefined> {
    const rows = await this.manager.query<{ value: string }[]>(
      `select value from project_setting where project_id = $1 and name = $2`,
      [projectId, name],
    );
    return rows[0]?.value;
  }

  async put(projectId: string, name: string, value: string): Promise<void> {
    await this.manager.query(
      `insert into project_setting (project_id, name, value) values ($1, $2, $3)
       on conflict (project_id, name) do update set value = excluded.value, updated_at = now()`,
      [projectId, name, value],
    );
  }
}
