import { WorkflowDefinition } from '@hookloom/contracts';
import { DefinitionGone, type DefinitionSource, type LoadedWorkflow } from '@hookloom/runner';
import type pg from 'pg';

type Wanted = Parameters<DefinitionSource['load']>[0];

interface Row {
  readonly key: string;
  readonly name: string;
  readonly definition: string;
  readonly pins: string | null;
}

const VERSION = `
  select w.key, w.name, v.definition, null as pins from workflow_version v join workflow w on w.id = v.workflow_id
  where v.workflow_id = $1 and v.version = $2 and v.project_id = $3`;
const DRAFT = `
  select workflow_key as key, workflow_name as name, definition, pins from run_input
  where run_id = $1 and project_id = $2 and definition is not null`;

/** Reads the definitions that runs follow: immutable versions, and what a draft was when its run began. */
export class PgDefinitionSource implements DefinitionSource {
  constructor(private readonly pool: pg.Pool) {}

  /** @throws DefinitionGone; Error if the database is away */
  async load(run: Wanted): Promise<LoadedWorkflow> {
    const answer =
      run.version === null
        ? await this.pool.query<Row>(DRAFT, [run.id, run.projectId])
        : await this.pool.query<Row>(VERSION, [run.workflowId, run.version, run.projectId]);
    const row = answer.rows[0];
    if (!row) throw new DefinitionGone();
    const definition = WorkflowDefinition.parse(JSON.parse(row.definition));
    const loaded = { key: row.key, name: row.name, definition };
    return row.pins === null ? loaded : { ...loaded, pins: toPins(row.pins) };
  }
}

function toPins(json: string): ReadonlyMap<string, string> {
  const pins: Record<string, unknown> = JSON.parse(json);
  return new Map(Object.entries(pins).map(([stepId, value]) => [stepId, JSON.stringify(value)]));
}
