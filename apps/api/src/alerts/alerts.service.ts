import {
  AlertSettings,
  AlertTarget,
  RunError,
  type AlertMessageView,
  type AlertView,
  type Page,
  type PageQuery,
  type WorkflowAlerts,
} from '@hookloom/contracts';
import {
  ALERTS_SETTING,
  readAlertSettings,
  readWorkflowAlerts,
  type AlertMessageRow,
  type AlertRow,
  type Store,
} from '@hookloom/persistence';
import { invalid, notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { toPage, toPageOf } from '../http/page.js';
import { findTargetErrors } from './alert-target-check.js';

const TEST_TEXT = {
  subject: 'Hookloom: a test alert',
  content: 'This is what an alert of your project looks like. Nothing is wrong.\n',
};

/** Who is told when something goes wrong, and what they were told. */
@Injectable()
export class AlertsService {
  constructor(private readonly parts: AppParts) {}

  async getSettings({ projectId }: Principal): Promise<AlertSettings> {
    return readAlertSettings(await this.parts.store.projectSettings.find(projectId, ALERTS_SETTING));
  }

  /** @throws ProblemError 422 for a target that cannot be reached */
  async putSettings(principal: Principal, settings: AlertSettings): Promise<AlertSettings> {
    const { projectId } = principal;
    return this.parts.store.transaction(async (store) => {
      await this.check(store, projectId, settings.targets, 'targets');
      await store.projectSettings.put(projectId, ALERTS_SETTING, JSON.stringify(settings));
      await recordChange(store, principal, { action: 'update', kind: 'setting', id: ALERTS_SETTING });
      return settings;
    });
  }

  /** @throws ProblemError 404 */
  async getOfWorkflow({ projectId }: Principal, id: string): Promise<WorkflowAlerts> {
    const found = await this.parts.store.alerts.findOfWorkflow(projectId, id);
    if (!found) throw notFound('workflow');
    return readWorkflowAlerts(found.alerts);
  }

  /** @throws ProblemError 404, 422 */
  async putOfWorkflow(principal: Principal, id: string, alerts: WorkflowAlerts): Promise<WorkflowAlerts> {
    const { projectId } = principal;
    await this.getOfWorkflow(principal, id);
    return this.parts.store.transaction(async (store) => {
      await this.check(store, projectId, alerts.settings?.targets ?? [], 'settings.targets');
      await store.alerts.putOfWorkflow(projectId, id, JSON.stringify(alerts));
      await recordChange(store, principal, { action: 'alerts', kind: 'workflow', id, detail: alerts.mode });
      return alerts;
    });
  }

  /** Puts a test message on its way, by the same way as every alert. @throws ProblemError 422 */
  async test({ projectId }: Principal, target: AlertTarget): Promise<void> {
    const { store } = this.parts;
    await this.check(store, projectId, [target], 'targets');
    await store.alerts.writeMessage(projectId, target, TEST_TEXT);
  }

  async list(
    { projectId }: Principal,
    query: PageQuery & { readonly open?: boolean | undefined },
  ): Promise<Page<AlertView>> {
    const page = await this.parts.store.alerts.list(projectId, query.open === true, toPageOf(query));
    return toPage(page, toAlertView);
  }

  async messages({ projectId }: Principal, query: PageQuery): Promise<Page<AlertMessageView>> {
    return toPage(await this.parts.store.alerts.messages(projectId, toPageOf(query)), toMessageView);
  }

  private async check(
    store: Store,
    projectId: string,
    targets: readonly AlertTarget[],
    path: string,
  ): Promise<void> {
    const keys = targets.map(({ connection }) => connection);
    const connections = await store.connections.findByKeys(projectId, keys);
    const types = new Map(connections.map(({ key, type }) => [key, type]));
    const errors = targets.flatMap((target, at) => findTargetErrors(target, types, `${path}.${at}`));
    if (errors.length > 0) throw invalid(errors);
  }
}

function toAlertView(row: AlertRow): AlertView {
  return {
    id: row.id,
    kind: row.kind,
    subjectId: row.subjectId,
    name: row.name,
    openedAt: row.openedAt.toISOString(),
    lastAt: row.lastAt.toISOString(),
    count: row.count,
    ...(row.runId === null ? {} : { runId: row.runId }),
    message: messageOf(row),
    toldAt: row.toldAt?.toISOString() ?? null,
    closedAt: row.closedAt?.toISOString() ?? null,
  };
}

function messageOf({ kind, error }: AlertRow): string {
  if (error === null) return 'The run failed.';
  return kind === 'endpoint' ? error : RunError.parse(JSON.parse(error)).message;
}

function toMessageView(row: AlertMessageRow): AlertMessageView {
  return {
    id: row.id,
    connection: AlertTarget.parse(JSON.parse(row.target)).connection,
    subject: row.subject,
    createdAt: row.createdAt.toISOString(),
    status: row.sentAt !== null ? 'sent' : row.givenUpAt !== null ? 'given_up' : 'waiting',
    tries: row.tries,
    sentAt: row.sentAt?.toISOString() ?? null,
    ...(row.error === null ? {} : { error: row.error }),
  };
}
