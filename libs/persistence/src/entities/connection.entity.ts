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
