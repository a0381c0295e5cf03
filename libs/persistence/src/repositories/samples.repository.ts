import type { EntityManager } from 'typeorm';
import { WorkflowSampleEntity } from '../entities/index.js';
import { pageById, type PageOf, type RowPage } from './paging.js';

/** Whose samples are meant. */
export interface SamplesOf {
  readonly projectId: string;
  readonly workflowId: string;
}

/** What is kept: `value` is JSON text. */
export interface SampleToKeep {
  readonly name: string;
  readonly value: string;
}

/** Sample events and pinned outputs of drafts. */
export class SamplesRepository {
  constructor(private readonly manager: EntityManager) {}

  /** Without their values, which may be large. */
  list(of: SamplesOf, page: PageOf): Promise<RowPage<WorkflowSampleEntity>> {
    const query = this.manager
      .createQueryBuilder(WorkflowSampleEntity, 'row')
      .select(['row.id', 'row.kind', 'row.name', 'row.bytes', 'row.createdAt', 'row.updatedAt'])
      .where('row.projectId = :projectId and row.workflowId = :workflowId', of);
    return pageById(query, page);
  }

  find(of: SamplesOf, id: string): Promise<WorkflowSampleEntity | null> {
    return this.manager.findOneBy(WorkflowSampleEntity, { ...of, id });
  }

  /** How many there are; until this transaction is over no other one is told, and so none is kept beside it. */
  async countEventsAlone(of: SamplesOf): Promise<number> {
    const { workflowId, projectId } = of;
    await this.manager.query('select from workflow where id = $1 and project_id = $2 for no key update', [
      workflowId,
      projectId,
    ]);
    return this.manager.countBy(WorkflowSampleEntity, { ...of, kind: 'event' });
  }

  async keepEvent(of: SamplesOf, sample: SampleToKeep): Promise<string> {
    const rows = await this.manager.query<{ id: string }[]>(
      `insert into workflow_sample (project_id, workflow_id, kind, name, value, bytes)
       values ($1, $2, 'event', $3, $4, octet_length($4)) returning id`,
      [of.projectId, of.workflowId, sample.name, sample.value],
    );
    return idOf(rows);
  }

  /** Pins an output, instead of what was pinned at that step before. `name`: the step's id. */
  async pin(of: SamplesOf, sample: SampleToKeep): Promise<string> {
    const rows = await this.manager.query<{ id: string }[]>(
      `insert into workflow_sample (project_id, workflow_id, kind, name, value, bytes)
       values ($1, $2, 'output', $3, $4, octet_length($4))
       on conflict (workflow_id, name) where kind = 'output'
       do update set value = excluded.value, bytes = excluded.bytes, updated_at = now() returning id`,
      [of.projectId, of.workflowId, sample.name, sample.value],
    );
    return idOf(rows);
  }

  /** All pinned outputs of a draft as the text of a JSON object by step id; `undefined`: none. */
  async pinsOf(of: SamplesOf): Promise<string | undefined> {
    const pins = await this.manager.findBy(WorkflowSampleEntity, { ...of, kind: 'output' });
    if (pins.length === 0) return undefined;
    return `{${pins.map(({ name, value }) => `${JSON.stringify(name)}:${value}`).join(',')}}`;
  }

  /** @returns whether there was such a sample */
  async delete(of: SamplesOf, id: string): Promise<boolean> {
    const result = await this.manager.delete(WorkflowSampleEntity, { ...of, id });
    return result.affected === 1;
  }

  /** @returns whether the step's output was pinned */
  async unpin(of: SamplesOf, stepId: string): Promise<boolean> {
    const result = await this.manager.delete(WorkflowSampleEntity, { ...of, kind: 'output', name: stepId });
    return result.affected === 1;
  }
}

function idOf(rows: readonly { readonly id: string }[]): string {
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The database made no id.');
  return id;
}
