import type { VariableSource } from '@hookloom/runner';
import type pg from 'pg';
import { Remembered } from './remembered.js';

/** The project's variables as the text of one JSON object, at most a second old. */
export class PgVariableSource implements VariableSource {
  private readonly texts = new Remembered<string>(1_000, 1_000);

  constructor(private readonly pool: pg.Pool) {}

  load(projectId: string): Promise<string> {
    return this.texts.get(projectId, () => this.read(projectId));
  }

  private async read(projectId: string): Promise<string> {
    const answer = await this.pool.query<{ key: string; value: string }>(
      'select key, value from variable where project_id = $1 order by key',
      [projectId],
    );
    const members = answer.rows.map((row) => `${JSON.stringify(row.key)}:${row.value}`);
    return `{${members.join(',')}}`;
  }
}
