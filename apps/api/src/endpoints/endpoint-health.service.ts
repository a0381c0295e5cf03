import {
  EndpointSettings,
  HEALTH_HOURS,
  WorkflowDefinition,
  type EndpointHealth,
  type EndpointKeys,
  type EndpointWorkflow,
  type Page,
} from '@hookloom/contracts';
import {
  Remembered,
  toSilenceView,
  type EndpointEntity,
  type EndpointWorkflowRow,
  type HourOfEvents,
  type RunsOfWorkflow,
} from '@hookloom/persistence';
import { notFound, type Principal } from '@hookloom/server-kit';
import { Injectable } from '@nestjs/common';
import { recordChange } from '../access/audited.js';
import { AppParts } from '../app-parts.js';
import { statusOf } from '../workflows/workflow-view.js';
import type { EndOfOverlap } from './endpoint-rotation.js';

const HOUR_MS = 3_600_000;
/** Hours that still change: this one and the one before. */
const FRESH_HOURS = 2;
const KEEP_OLD_MS = 300_000;
const KEEP_FRESH_MS = 4_000;
const KEEP_RUNS_MS = 10_000;
const MOST_KEPT = 500;
const WEBHOOK_TRIGGER = 'trigger.webhook';

/** How an endpoint does, what starts from it, and which of its keys are good. */
@Injectable()
export class EndpointHealthService {
  private readonly old = new Remembered<HourOfEvents[]>(KEEP_OLD_MS, MOST_KEPT);
  private readonly fresh = new Remembered<HourOfEvents[]>(KEEP_FRESH_MS, MOST_KEPT);
  private readonly runs = new Remembered<RunsOfWorkflow[]>(KEEP_RUNS_MS, MOST_KEPT);

  constructor(private readonly parts: AppParts) {}

  /** @throws ProblemError 404 */
  async health({ projectId }: Principal, id: string): Promise<EndpointHealth> {
    const endpoint = await this.find(projectId, id);
    const { endpointHealth, endpointRoutes } = this.parts.store;
    const thisHour = Math.floor(Date.now() / HOUR_MS);
    const [hours, lastEventAt, watch, live] = await Promise.all([
      this.countHours(id, thisHour),
      endpointHealth.lastEventAt(projectId, id),
      endpointHealth.watchOf(projectId, id),
      endpointRoutes.findLiveWorkflows(id),
    ]);
    const counted = new Map(hours.map((row) => [row.hour, row]));
    const { silence } = EndpointSettings.parse(JSON.parse(endpoint.settings));
    const isStarted = live.length > 0;
    return {
      lastEventAt: lastEventAt?.toISOString() ?? null,
      hours: Array.from({ length: HEALTH_HOURS }, (_, at) => {
        const row = counted.get(thisHour - HEALTH_HOURS + 1 + at);
        return { taken: row?.taken ?? 0, duplicate: row?.duplicate ?? 0, rejected: row?.rejected ?? 0 };
      }),
      silence: toSilenceView(silence, watch.learned, { isStarted, since: watch.silentSince }),
    };
  }

  /** The workflows that name it, each with its filter and its own runs. @throws ProblemError 404 */
  async workflows({ projectId }: Principal, id: string): Promise<Page<EndpointWorkflow>> {
    const { key } = await this.find(projectId, id);
    const { endpointHealth } = this.parts.store;
    const rows = await endpointHealth.workflowsNaming(projectId, key);
    const ids = rows.map((row) => row.id);
    const runs = await this.runs.get(`${projectId}/${ids.join()}`, () =>
      endpointHealth.runsSince(projectId, ids, Date.now() - HEALTH_HOURS * HOUR_MS),
    );
    const byWorkflow = new Map(runs.map((row) => [row.workflowId, row]));
    return { items: rows.flatMap((row) => toViews(row, key, byWorkflow.get(row.id))), nextCursor: null };
  }

  /** @throws ProblemError 404 */
  async keys({ projectId }: Principal, id: string): Promise<EndpointKeys> {
    await this.find(projectId, id);
    const { tokens, secrets } = await this.parts.store.endpointHealth.keysOf(id);
    const toView = ({ createdAt, expiresAt }: (typeof tokens)[number]) => ({
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
    });
    return { tokens: tokens.map(toView), secrets: secrets.map(toView) };
  }

  /** Ends the overlap of a rotation at once, in every process. @throws ProblemError 404 */
  async endOverlap(principal: Principal, id: string, { what }: EndOfOverlap): Promise<EndpointKeys> {
    await this.find(principal.projectId, id);
    await this.parts.store.transaction(async (store) => {
      await store.endpoints.raiseRevisions([id]);
      await store.endpointHealth.endOld(what === 'token' ? 'endpoint_token' : 'endpoint_secret', id);
      await recordChange(store, principal, { action: 'end-overlap', kind: 'endpoint', id, detail: what });
    });
    return this.keys(principal, id);
  }

  private async find(projectId: string, id: string): Promise<EndpointEntity> {
    const endpoint = await this.parts.store.endpoints.find(projectId, id);
    if (!endpoint) throw notFound('endpoint');
    return endpoint;
  }

  private async countHours(id: string, thisHour: number): Promise<HourOfEvents[]> {
    const { endpointHealth } = this.parts.store;
    const border = thisHour - FRESH_HOURS + 1;
    const first = thisHour - HEALTH_HOURS + 1;
    const parts = await Promise.all([
      this.old.get(`${id}/${thisHour}`, () => endpointHealth.hours(id, first, border)),
      this.fresh.get(`${id}/${thisHour}`, () => endpointHealth.hours(id, border, thisHour + 1)),
    ]);
    return parts.flat();
  }
}

/** One line for each trigger that names the endpoint: of the live version, else of the draft. */
function toViews(
  row: EndpointWorkflowRow,
  endpointKey: string,
  runs: RunsOfWorkflow | undefined,
): EndpointWorkflow[] {
  const live = row.liveDefinition === null ? [] : triggersOf(row.liveDefinition, endpointKey);
  const triggers = live.length > 0 ? live : triggersOf(row.definition, endpointKey);
  return triggers.map(({ stepId, filter }) => ({
    workflowId: row.id,
    key: row.key,
    name: row.name,
    status: statusOf(row),
    stepId,
    ...(filter === undefined ? {} : { filter }),
    isStarted: live.length > 0 && !row.paused,
    runs: {
      succeeded: runs?.succeeded ?? 0,
      failed: runs?.failed ?? 0,
      skipped: runs?.skipped ?? 0,
    },
  }));
}

function triggersOf(definition: string, endpointKey: string): { stepId: string; filter?: string }[] {
  const { steps } = WorkflowDefinition.parse(JSON.parse(definition));
  return steps
    .filter(
      ({ type, disabled, config }) =>
        type === WEBHOOK_TRIGGER && !disabled && config['endpoint'] === endpointKey,
    )
    .map(({ id, config: { filter } }) =>
      typeof filter === 'string' && filter.trim() !== '' ? { stepId: id, filter } : { stepId: id },
    );
}
