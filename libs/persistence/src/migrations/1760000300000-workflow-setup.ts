import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the guided setup of a workflow is that was made from a template; null for all others. */
export class WorkflowSetup1760000300000 implements MigrationInterface {
  readonly name = 'WorkflowSetup1760000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table workflow add column setup text');
  }

  async down(): Promise<void> {
    throw new Error('Migrations only go forward: restore a backup instead.');
  }
}
