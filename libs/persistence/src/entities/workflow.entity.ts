import { Column, Entity, PrimaryColumn } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** A workflow with its draft; `definition` is JSON text, since jsonb refuses what JSON allows. */
@Entity({ name: 'workflow' })
export class WorkflowEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  definition!: string;

  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @Column({ type: 'integer', nullable: true })
  liveVersion!: number | null;

  @Column({ type: 'boolean', default: false })
  paused!: boolean;

  /** JSON text: the guided setup, of a workflow that was made from a template. */
  @Column({ type: 'text', nullable: true })
  setup!: string | null;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  /** E-mail address of the one who saved the draft last. */
  @Column({ type: 'text', nullable: true })
  updatedBy!: string | null;

  /** E-mail address of the one who made it. */
  @Column({ type: 'text', nullable: true })
  createdBy!: string | null;
}

/** A frozen document; never changes. */
@Entity({ name: 'workflow_version' })
export class WorkflowVersionEntity {
  @PrimaryColumn({ type: 'uuid' })
  workflowId!: string;

  @PrimaryColumn({ type: 'integer' })
  version!: number;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  definition!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'text', nullable: true })
  createdBy!: string | null;

  @Column({ type: 'text', nullable: true })
  note!: string | null;
}
