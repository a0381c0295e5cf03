import type { DataSource, EntityManager } from 'typeorm';
import { AlertsRepository } from './alerts.repository.js';
import { EndpointHealthRepository } from './endpoint-health.repository.js';
import { ProjectSettingsRepository } from './project-settings.repository.js';
import { ApiKeysRepository } from './api-keys.repository.js';
import { ApiProcessesRepository } from './api-processes.repository.js';
import { AuditRepository } from './audit.repository.js';
import { ConnectionsRepository } from './connections.repository.js';
import { EndpointRoutesRepository } from './endpoint-routes.repository.js';
import { EndpointsRepository } from './endpoints.repository.js';
import { EventsRepository } from './events.repository.js';
import { KeptRepository } from './kept.repository.js';
import { PeopleRepository } from './people.repository.js';
import { RedactionRulesRepository } from './redaction-rules.repository.js';
import { PollsRepository } from './polls.repository.js';
import { ReplaysRepository } from './replays.repository.js';
import { RetentionRepository } from './retention.repository.js';
import { RunBatchesRepository } from './run-batches.repository.js';
import { RunListsRepository } from './run-lists.repository.js';
import { RunsRepository } from './runs.repository.js';
import { SchedulesRepository } from './schedules.repository.js';
import { SamplesRepository } from './samples.repository.js';
import { ServerValuesRepository } from './server-values.repository.js';
import { SessionsRepository } from './sessions.repository.js';
import { StorageRepository } from './storage.repository.js';
import { ThrottleRepository } from './throttle.repository.js';
import { VariablesRepository } from './variables.repository.js';
import { WorkflowActivityRepository } from './workflow-activity.repository.js';
import { WorkflowQueueRepository } from './workflow-queue.repository.js';
import { WorkflowsRepository } from './workflows.repository.js';

/** All ordinary repositories on one connection or transaction. */
export class Store {
  readonly alerts: AlertsRepository;
  readonly endpointHealth: EndpointHealthRepository;
  readonly projectSettings: ProjectSettingsRepository;
  readonly apiKeys: ApiKeysRepository;
  readonly apiProcesses: ApiProcessesRepository;
  readonly audit: AuditRepository;
  readonly connections: ConnectionsRepository;
  readonly endpointRoutes: EndpointRoutesRepository;
  readonly endpoints: EndpointsRepository;
  readonly events: EventsRepository;
  readonly kept: KeptRepository;
  readonly people: PeopleRepository;
  readonly redactionRules: RedactionRulesRepository;
  readonly polls: PollsRepository;
  readonly replays: ReplaysRepository;
  readonly retention: RetentionRepository;
  readonly runBatches: RunBatchesRepository;
  readonly runLists: RunListsRepository;
  readonly runs: RunsRepository;
  readonly schedules: SchedulesRepository;
  readonly samples: SamplesRepository;
  readonly serverValues: ServerValuesRepository;
  readonly sessions: SessionsRepository;
  readonly storage: StorageRepository;
  readonly throttle: ThrottleRepository;
  readonly variables: VariablesRepository;
  readonly workflowActivity: WorkflowActivityRepository;
  readonly workflowQueue: WorkflowQueueRepository;
  readonly workflows: WorkflowsRepository;

  constructor(private readonly manager: EntityManager) {
    this.alerts = new AlertsRepository(manager);
    this.endpointHealth = new EndpointHealthRepository(manager);
    this.projectSettings = new ProjectSettingsRepository(manager);
    this.apiKeys = new ApiKeysRepository(manager);
    this.apiProcesses = new ApiProcessesRepository(manager);
    this.audit = new AuditRepository(manager);
    this.connections = new ConnectionsRepository(manager);
    this.endpointRoutes = new EndpointRoutesRepository(manager);
    this.endpoints = new EndpointsRepository(manager);
    this.events = new EventsRepository(manager);
    this.kept = new KeptRepository(manager);
    this.people = new PeopleRepository(manager);
    this.redactionRules = new RedactionRulesRepository(manager);
    this.polls = new PollsRepository(manager);
    this.replays = new ReplaysRepository(manager);
    this.retention = new RetentionRepository(manager);
    this.runBatches = new RunBatchesRepository(manager);
    this.runLists = new RunListsRepository(manager);
    this.runs = new RunsRepository(manager);
    this.schedules = new SchedulesRepository(manager);
    this.samples = new SamplesRepository(manager);
    this.serverValues = new ServerValuesRepository(manager);
    this.sessions = new SessionsRepository(manager);
    this.storage = new StorageRepository(manager);
    this.throttle = new ThrottleRepository(manager);
    this.variables = new VariablesRepository(manager);
    this.workflowActivity = new WorkflowActivityRepository(manager);
    this.workflowQueue = new WorkflowQueueRepository(manager);
    this.workflows = new WorkflowsRepository(manager);
  }

  /** Runs `work` on one transaction: all of it or nothing. What `work` throws rolls back and is thrown on. */
  transaction<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
    return this.manager.transaction((manager) => work(new Store(manager)));
  }

  /** An id of the database's clock, for a row whose content depends on its id. */
  async newId(): Promise<string> {
    const rows = await this.manager.query<{ id: string }[]>('select new_id() as id');
    const id = rows[0]?.id;
    if (id === undefined) throw new Error('The database made no id.');
    return id;
  }

  /** Whether the database answers and takes writes; rejects when it is away. */
  async isWritable(): Promise<boolean> {
    const rows = await this.manager.query<{ readonly: boolean }[]>(
      `select pg_is_in_recovery() or current_setting('default_transaction_read_only') = 'on' as readonly`,
    );
    return rows[0]?.readonly === false;
  }
}

/** The store of a data source that is initialised. */
export function createStore(source: DataSource): Store {
  return new Store(source.manager);
}
