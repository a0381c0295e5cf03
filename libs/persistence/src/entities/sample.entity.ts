import { Column, Entity } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** A sample event or a pinned output of a workflow's draft; `value` is JSON text. */
@Entity({ name: 'workflow_sample' })
export class WorkflowSampleEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'uuid' })
  workflowId!: string;

  @Column({ type: 'text' })
  kind!: 'event' | 'output';

  /** Of a pinned output the step's id. */
  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  value!: string;

  @Column({ type: 'integer' })
  bytes!: number;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
