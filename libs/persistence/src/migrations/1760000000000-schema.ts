import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ACCESS_TABLES, ID_FUNCTIONS } from './schema/access.sql.js';
import { EVENT_TABLES, RUN_TABLES } from './schema/hot.sql.js';
import { WORKFLOW_TABLES } from './schema/workflows.sql.js';

/** The first schema: ids, access, what people build, and the tables of the hot path. */
export class Schema1760000000000 implements MigrationInterface {
  readonly name = 'Schema1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const sql of [ID_FUNCTIONS, ACCESS_TABLES, WORKFLOW_TABLES, EVENT_TABLES, RUN_TABLES]) {
      await runner.query(sql);
    }
    await runner.query(`insert into project (key, name) values ('default', 'Default')`);
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
