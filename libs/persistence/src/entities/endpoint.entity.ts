import { Column, Entity, PrimaryColumn } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** An inbound trigger URL. `settings` is the JSON text of EndpointSettings; `revision` grows with every change that ingress must see. */
@Entity({ name: 'endpoint' })
export class EndpointEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  settings!: string;

  @Column({ type: 'integer', default: 1 })
  revision!: number;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  updatedAt!: Date;
}

/** A token of a trigger URL: found by its SHA-256, shown from `sealed`. `expiresAt` is set once it was rotated away. */
@Entity({ name: 'endpoint_token' })
export class EndpointTokenEntity {
  @PrimaryColumn({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'uuid' })
  endpointId!: string;

  @Column({ type: 'bytea' })
  sealed!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt!: Date | null;
}

/** A secret that signatures are checked with; `sealed` holds JSON text (a string or an object). */
@Entity({ name: 'endpoint_secret' })
export class EndpointSecretEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  endpointId!: string;

  @Column({ type: 'bytea' })
  sealed!: Buffer;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt!: Date | null;
}

/** A live workflow that starts from an endpoint. Written with `endpoint.revision + 1` in the same transaction. */
@Entity({ name: 'endpoint_route' })
export class EndpointRouteEntity {
  @PrimaryColumn({ type: 'uuid' })
  endpointId!: string;

  @PrimaryColumn({ type: 'uuid' })
  workflowId!: string;

  @PrimaryColumn({ type: 'text' })
  stepId!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'integer' })
  version!: number;

  @Column({ type: 'boolean', default: false })
  paused!: boolean;

  @Column({ type: 'integer', nullable: true })
  maxConcurrentRuns!: number | null;
}
