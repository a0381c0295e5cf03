import { Column, Entity } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** A stored account; `sealed` holds the JSON text of its data. */
@Entity({ name: 'connection' })
export class ConnectionEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  type!: string;

  @Column({ type: 'bytea' })
  sealed!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;

  /** E-mail address of the one who stored it. */
  @Column({ type: 'text', nullable: true })
  createdBy!: string | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  checkedAt!: Date | null;

  /** What the last test found; null since the data was changed. */
  @Column({ type: 'boolean', nullable: true })
  checkOk!: boolean | null;

  @Column({ type: 'text', nullable: true })
  checkMessage!: string | null;

  /** To the minute. */
  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt!: Date | null;
}

/** A plain named value of a project; `value` is JSON text. */
@Entity({ name: 'variable' })
export class VariableEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  value!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}
