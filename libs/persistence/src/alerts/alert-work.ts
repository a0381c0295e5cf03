import { RunError, type AlertSettings } from '@hookloom/contracts';
import type pg from 'pg';
import { inTransaction } from '../database/in-transaction.js';
import { lowestId } from '../database/partitions.js';
import type { DatabaseClock } from '../database/clock.js';
import {
  ALERTS_SETTING,
  readAlertSettings,
  readWorkflowAlerts,
  settingsFor,
  targetText,
} from './alert-settings.js';
import { alertText, WORKFLOW_PAUSED, type AlertLine } from './alert-text.js';
import * as sql from './alert-work.sql.js';

/** Alerts of one project that one turn looks at. */
const AT_ONCE = 200;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
/** Messages to one target come no closer together, whatever goes wrong. */
const PACE_SECONDS = 300;
const WAIT_FOR_PACE_MS = 30_000;
/** An alert about what neither failed nor ran for so long is closed without a word. */
const STALE_MS = 7 * DAY_MS;
const KEEP_DAYS = 30;

interface DueAlert {
  readonly id: string;
  readonly kind: 'workflow' | 'endpoint';
  readonly subjectId: string;
  /** null: what it is about is gone. */
  readonly name: string | null;
  readonly alerts: string | null;
  readonly lastAt: Date;
  readonly count: number;
  readonly untold: number;
  readonly runId: string | null;
  readonly error: string | null;
  readonly toldAt: Date | null;
  readonly recoveredAt: Date | null;
}

/** What is to be done about one alert. `tell`: its line goes into a message to each target. */
type Verdict =
  | { readonly kind: 'close' }
  | { readonly kind: 'still'; readonly nextAt: Date }
  | {
      readonly kind: 'tell';
      readonly line: AlertLine;
      readonly settings: AlertSettings;
      readonly isEnd: boolean;
    };

type Telling = { readonly alert: DueAlert } & Extract<Verdict, { kind: 'tell' }>;

/**
 * Turns failures into messages: at once for the first of a workflow, gathered for those that follow, one message for
 * all that is due, and a pause between messages to one target. What was counted and the message about it are stored
 * together, so a worker that dies neither loses nor repeats one.
 */
export class AlertWork {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'now'>,
    private readonly publicUrl: string,
  ) {}

  /** Counts up to `limit` new failures. @returns how many there were */
  async gather(limit: number): Promise<number> {
    const answer = await this.pool.query<{ count: number }>(sql.GATHER, [limit]);
    return answer.rows[0]?.count ?? 0;
  }

  /** Writes the messages of one project's due alerts. @returns whether there were any */
  tell(): Promise<boolean> {
    return inTransaction(this.pool, async (client) => {
      const due = await client.query<{ projectId: string }>(sql.DUE_PROJECT);
      const projectId = due.rows[0]?.projectId;
      if (projectId === undefined) return false;
      const stored = await client.query<{ value: string }>(sql.SETTING, [ALERTS_SETTING, projectId]);
      const settings = readAlertSettings(stored.rows[0]?.value);
      const { rows } = await client.query<DueAlert>(sql.TAKE_DUE, [projectId, AT_ONCE]);
      const tellings: Telling[] = [];
      for (const alert of rows) {
        const verdict = await this.judge(client, projectId, alert, settings);
        if (verdict.kind === 'close') await client.query(sql.CLOSE, [alert.id]);
        if (verdict.kind === 'still') await client.query(sql.KEEP_STILL, [alert.id, verdict.nextAt]);
        if (verdict.kind === 'tell') tellings.push({ alert, ...verdict });
      }
      await this.write(client, projectId, tellings);
      return rows.length > 0;
    });
  }

  /** Forgets what was told long ago. */
  async forget(): Promise<void> {
    await this.pool.query(sql.FORGET_MESSAGES, [KEEP_DAYS]);
    await this.pool.query(sql.FORGET_ALERTS, [KEEP_DAYS]);
  }

  private async judge(
    client: pg.PoolClient,
    projectId: string,
    alert: DueAlert,
    project: AlertSettings,
  ): Promise<Verdict> {
    const settings = settingsFor(project, readWorkflowAlerts(alert.alerts));
    const now = this.clock.now();
    const nextAt = new Date(now + settings.quietMinutes * MINUTE_MS);
    if (alert.name === null) return { kind: 'close' };
    const isOver = alert.untold === 0 || alert.recoveredAt !== null;
    if (!isOver) {
      const isWanted = alert.kind === 'workflow' ? settings.onFailure : settings.onSilence;
      if (!isWanted || settings.targets.length === 0) return { kind: 'still', nextAt };
      return { kind: 'tell', settings, isEnd: false, line: lineOf(alert, alert.name) };
    }
    const isWell = alert.recoveredAt !== null || (await this.wentWell(client, projectId, alert));
    if (!isWell) {
      return now - alert.lastAt.getTime() > STALE_MS && alert.kind === 'workflow'
        ? { kind: 'close' }
        : { kind: 'still', nextAt };
    }
    const isWanted = settings.onRecovery && settings.targets.length > 0 && alert.toldAt !== null;
    if (!isWanted) return { kind: 'close' };
    return { kind: 'tell', settings, isEnd: true, line: { ...lineOf(alert, alert.name), untold: 0 } };
  }

  /** One message for all that goes to the same targets; where one came lately, all of it waits. */
  private async write(client: pg.PoolClient, projectId: string, tellings: readonly Telling[]): Promise<void> {
    const groups = new Map<string, Telling[]>();
    for (const telling of tellings) {
      const key = JSON.stringify(telling.settings.targets.map(targetText).toSorted());
      groups.set(key, [...(groups.get(key) ?? []), telling]);
    }
    for (const group of groups.values()) {
      const targets = group[0]?.settings.targets.map(targetText) ?? [];
      const isPaced = await this.isPaced(client, projectId, targets);
      if (!isPaced) await this.writeTo(client, projectId, targets, group);
      for (const telling of group) await this.goOn(client, telling, !isPaced);
    }
  }

  private async isPaced(client: pg.PoolClient, projectId: string, targets: string[]): Promise<boolean> {
    const { rows } = await client.query<{ isPaced: boolean }>(sql.PACE, [projectId, targets, PACE_SECONDS]);
    return rows[0]?.isPaced === true;
  }

  private async writeTo(
    client: pg.PoolClient,
    projectId: string,
    targets: readonly string[],
    group: readonly Telling[],
  ): Promise<void> {
    const { subject, content } = alertText(
      group.map(({ line }) => line),
      this.publicUrl,
    );
    for (const target of new Set(targets)) {
      await client.query(sql.WRITE_MESSAGE, [projectId, target, subject, content]);
    }
  }

  private async goOn(client: pg.PoolClient, telling: Telling, isTold: boolean): Promise<void> {
    const { alert, isEnd, settings } = telling;
    if (isTold && isEnd) {
      await client.query(sql.CLOSE, [alert.id]);
      return;
    }
    const inMs = isTold ? settings.quietMinutes * MINUTE_MS : WAIT_FOR_PACE_MS;
    await client.query(sql.GO_ON, [alert.id, new Date(this.clock.now() + inMs), isTold]);
  }

  private async wentWell(client: pg.PoolClient, projectId: string, alert: DueAlert): Promise<boolean> {
    if (alert.kind === 'endpoint') return false;
    const from = lowestId(alert.lastAt.getTime() - DAY_MS);
    const values = [alert.subjectId, projectId, alert.lastAt, from];
    const { rows } = await client.query<{ wentWell: boolean }>(sql.WENT_WELL, values);
    return rows[0]?.wentWell === true;
  }
}

function lineOf(alert: DueAlert, name: string): AlertLine {
  const { kind, subjectId, untold, count, runId } = alert;
  return {
    kind,
    subjectId,
    name,
    untold,
    count,
    runId,
    ...reasonOf(alert),
    isFirst: alert.toldAt === null,
  };
}

/** A run's error is JSON text; of a silent endpoint it is the sentence itself. */
function reasonOf({ kind, error }: DueAlert): Pick<AlertLine, 'message' | 'isPaused'> {
  if (error === null) return { message: 'The run failed.', isPaused: false };
  if (kind === 'endpoint') return { message: error, isPaused: false };
  const { code, message } = RunError.parse(JSON.parse(error));
  return { message, isPaused: code === WORKFLOW_PAUSED };
}
