import type { AlertTarget } from '@hookloom/contracts';
import type { EntityManager } from 'typeorm';
import { targetText } from '../alerts/alert-settings.js';
import { cutPage, type PageOf, type RowPage } from './paging.js';

export interface AlertRow {
  readonly id: string;
  readonly kind: 'workflow' | 'endpoint';
  readonly subjectId: string;
  readonly name: string;
  readonly openedAt: Date;
  readonly lastAt: Date;
  readonly count: number;
  readonly runId: string | null;
  /** JSON text of RunError; of an endpoint the sentence itself. */
  readonly error: string | null;
  readonly toldAt: Date | null;
  readonly closedAt: Date | null;
}

export interface AlertMessageRow {
  readonly id: string;
  readonly target: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly tries: number;
  readonly sentAt: Date | null;
  readonly givenUpAt: Date | null;
  readonly error: string | null;
}

/** What went wrong and who was told. */
export class AlertsRepository {
  constructor(private readonly manager: EntityManager) {}

  async list(projectId: string, onlyOpen: boolean, page: PageOf): Promise<RowPage<AlertRow>> {
    const rows = await this.manager.query<AlertRow[]>(
      `select a.id, a.kind, a.subject_id as "subjectId", coalesce(w.name, e.name, '') as name,
              a.opened_at as "openedAt", a.last_at as "lastAt", a.count, a.run_id as "runId", a.error,
              a.told_at as "toldAt", a.closed_at as "closedAt"
         from alert a
         left join workflow w on a.kind = 'workflow' and w.id = a.subject_id
         left join endpoint e on a.kind = 'endpoint' and e.id = a.subject_id
        where a.project_id = $1 and (not $2 or a.closed_at is null) and ($3::uuid is null or a.id < $3)
        order by a.id desc limit $4`,
      [projectId, onlyOpen, page.after ?? null, page.limit + 1],
    );
    return cutPage(rows, page.limit, ({ id }) => id);
  }

  async messages(projectId: string, page: PageOf): Promise<RowPage<AlertMessageRow>> {
    const rows = await this.manager.query<AlertMessageRow[]>(
      `select id, target, subject, created_at as "createdAt", tries, sent_at as "sentAt",
              given_up_at as "givenUpAt", error
         from alert_message where project_id = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [projectId, page.after ?? null, page.limit + 1],
    );
    return cutPage(rows, page.limit, ({ id }) => id);
  }

  /** Puts a message on its way. */
  async writeMessage(
    projectId: string,
    target: AlertTarget,
    text: { readonly subject: string; readonly content: string },
  ): Promise<void> {
    await this.manager.query(
      `insert into alert_message (project_id, target, subject, content) values ($1, $2, $3, $4)`,
      [projectId, targetText(target), text.subject, text.content],
    );
  }

  /** A workflow's own word about its alerts, JSON text; `undefined`: there is no such workflow. */
  async findOfWorkflow(
    projectId: string,
    workflowId: string,
  ): Promise<{ readonly alerts: string | null } | undefined> {
    const rows = await this.manager.query<{ alerts: string | null }[]>(
      `select alerts from workflow where id = $1 and project_id = $2`,
      [workflowId, projectId],
    );
    return rows[0];
  }

  async putOfWorkflow(projectId: string, workflowId: string, alerts: string): Promise<void> {
    await this.manager.query(`update workflow set alerts = $3 where id = $1 and project_id = $2`, [
      workflowId,
      projectId,
      alerts,
    ]);
  }
}
