import { Column, Entity } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** A room of people and of all that they build. */
@Entity({ name: 'project' })
export class ProjectEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}
