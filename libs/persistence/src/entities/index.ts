import { ProjectEntity } from './project.entity.js';
import {
  AppUserEntity,
  MembershipEntity,
  SessionEntity,
  ApiKeyEntity,
  AuditEntity,
  ServerValueEntity,
} from './access.entity.js';
import { WorkflowEntity, WorkflowVersionEntity } from './workflow.entity.js';
import {
  EndpointEntity,
  EndpointTokenEntity,
  EndpointSecretEntity,
  EndpointRouteEntity,
} from './endpoint.entity.js';
import { WorkflowSampleEntity } from './sample.entity.js';
import { ConnectionEntity, VariableEntity } from './connection.entity.js';

export * from './project.entity.js';
export * from './access.entity.js';
export * from './workflow.entity.js';
export * from './endpoint.entity.js';
export * from './connection.entity.js';
export * from './sample.entity.js';

/** All ordinary tables. Those of the hot path (event, run, …) are written by hand-made SQL and have none. */
export const ENTITIES = [
  ProjectEntity,
  AppUserEntity,
  MembershipEntity,
  SessionEntity,
  ApiKeyEntity,
  AuditEntity,
  ServerValueEntity,
  WorkflowEntity,
  WorkflowVersionEntity,
  WorkflowSampleEntity,
  EndpointEntity,
  EndpointTokenEntity,
  EndpointSecretEntity,
  EndpointRouteEntity,
  ConnectionEntity,
  VariableEntity,
];
