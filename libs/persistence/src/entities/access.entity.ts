import type { Role } from '@hookloom/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { GeneratedId } from './generated-id.js';

/** A person who may sign in; `email` is unique without regard to case. */
@Entity({ name: 'app_user' })
export class AppUserEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'text' })
  email!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'text' })
  passwordHash!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;
}

/** What a person may do in a project; a project has one owner at most. */
@Entity({ name: 'membership' })
export class MembershipEntity {
  @PrimaryColumn({ type: 'uuid' })
  projectId!: string;

  @PrimaryColumn({ type: 'uuid' })
  userId!: string;

  @Column({ type: 'text' })
  role!: Role;
}

/** A browser that is signed in, by the SHA-256 of its token. */
@Entity({ name: 'session' })
export class SessionEntity {
  @PrimaryColumn({ type: 'bytea' })
  tokenHash!: Buffer;

  @Column({ type: 'uuid' })
  userId!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3 })
  expiresAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  lastSeenAt!: Date;
}

/** A script's key, by its SHA-256. */
@Entity({ name: 'api_key' })
export class ApiKeyEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'uuid' })
  userId!: string;

  @Column({ type: 'text' })
  name!: string;

  @Column({ type: 'bytea' })
  keyHash!: Buffer;

  @Column({ type: 'text', array: true })
  scopes!: string[];

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  createdAt!: Date;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt!: Date | null;

  @Column({ type: 'timestamptz', precision: 3, nullable: true })
  expiresAt!: Date | null;
}

/** Who changed what; written in the transaction of the change. */
@Entity({ name: 'audit' })
export class AuditEntity {
  @GeneratedId()
  id!: string;

  @Column({ type: 'uuid' })
  projectId!: string;

  @Column({ type: 'text' })
  actor!: string;

  @Column({ type: 'text' })
  action!: string;

  @Column({ type: 'text' })
  subjectKind!: string;

  @Column({ type: 'text' })
  subjectId!: string;

  @Column({ type: 'timestamptz', precision: 3, default: () => 'now()' })
  at!: Date;

  @Column({ type: 'text', nullable: true })
  detail!: string | null;
}

/** A value of the whole server, such as the check of its encryption key. */
@Entity({ name: 'server' })
export class ServerValueEntity {
  @PrimaryColumn({ type: 'text' })
  key!: string;

  @Column({ type: 'text' })
  value!: string;
}
