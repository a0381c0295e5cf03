import { builtInSteps, nextFirings } from '@hookloom/steps';
import {
  AlertOutbox,
  AlertWork,
  BrokenDestinations,
  Maintenance,
  PgConnectionSource,
  PgDefinitionSource,
  PgDestinations,
  PgEventBodySource,
  PgRunStore,
  PgVariableSource,
  PollWork,
  ResumeTokens,
  ReplayWork,
  Retention,
  ScheduleWork,
  SilenceWatch,
} from '@hookloom/persistence';
import { CompiledWorkflows, RunFiles, type ChangePublisher, type RunnerDeps } from '@hookloom/runner';
import { createAlertSender } from './alert-sender.js';
import { ClaimLoop } from './claim-loop.js';
import { Heartbeat } from './heartbeat.js';
import { LiveChanges } from './live-changes.js';
import { Poller } from './polling/poller.js';
import { Upkeep } from './upkeep.js';
import type { WorkerParts } from './worker-parts.js';

/** Of the 26 s that the launcher gives a worker to stop, this much is for running steps. */
const PATIENCE_MS = 20_000;

/** Takes runs and carries them on until it is told to stop. */
export class WorkerService {
  private readonly store: PgRunStore;
  private readonly loop: ClaimLoop;
  private readonly heartbeat: Heartbeat;
  private readonly upkeep: Upkeep;
  private stopHearing: () => void = () => undefined;
  private lastTroubleAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly parts: WorkerParts) {
    const { pools, clock, bell, logger } = parts;
    this.store = new PgRunStore(pools, clock, { onFreePlace: () => this.loop.ring() });
    const destinations = new PgDestinations(pools.worker, clock, (error) =>
      logger.warn({ err: error }, 'how calls went could not be written'),
    );
    const runner = runnerDeps(
      parts,
      this.store,
      destinations,
      new LiveChanges(parts.live, parts.metrics, bell),
    );
    const onTrouble = (error: unknown): void => this.tellTrouble(error);
    this.loop = new ClaimLoop({ store: this.store, runner, bell, onTrouble });
    this.heartbeat = new Heartbeat(this.store, {
      lost: () => {
        logger.warn('the lease is over: runs in hand are left to other workers');
        this.loop.loseAll();
      },
      cancelled: (runIds) => this.loop.cancel(runIds),
      trouble: onTrouble,
    });
    const onDue = (): void => {
      this.store.noteDue();
      this.loop.ring();
    };
    const outbox = new AlertOutbox(pools.ui);
    const sendAlert = createAlertSender(runner, builtInSteps);
    this.upkeep = new Upkeep({
      alerts: new AlertWork(pools.ui, clock, parts.config.publicUrl),
      silence: new SilenceWatch(pools.ui, clock),
      sendAlert: () => outbox.sendOne(sendAlert),
      maintenance: new Maintenance(pools, clock),
      destinations,
      broken: new BrokenDestinations(pools.ui),
      onPaused: (workflows) =>
        logger.warn({ workflows }, 'workflows were paused: what they send to has not worked for days'),
      replays: new ReplayWork(pools.ui, clock),
      schedules: new ScheduleWork(pools.ui, clock, (schedule, after) => nextFirings(schedule, after, 1)[0]),
      retention: new Retention(pools, clock),
      onDropped: (partitions) => logger.info({ partitions }, 'days past the rules of retention were deleted'),
      polls: createPoller(parts, runner, { onDue, onTrouble }),
      onDue,
      onGivenUp: (count) => parts.metrics.runs.inc({ status: 'failed' }, count),
      onTrouble: (error, chore) => logger.warn({ err: error, chore }, 'a chore failed and is tried again'),
      onFinding: (finding) => logger.error(finding, 'the self-audit found what must never be'),
    });
  }

  /** @throws if the database cannot be reached */
  async start(): Promise<void> {
    await this.heartbeat.start();
    this.stopHearing = this.parts.live.onCancel((runId) => this.loop.cancel([runId]));
    this.loop.start();
    this.upkeep.start();
  }

  /** Claims no more, lets running steps finish, hands unfinished runs back. */
  async stop(): Promise<void> {
    await Promise.all([this.upkeep.stop(), this.loop.drain(PATIENCE_MS)]);
    this.heartbeat.stop();
    this.stopHearing();
    await this.store.close();
  }

  /** A database that is away is tried again many times a second: once in ten seconds is enough to say so. */
  private tellTrouble(error: unknown): void {
    const now = performance.now();
    if (now - this.lastTroubleAt < 10_000) return;
    this.lastTroubleAt = now;
    this.parts.logger.warn({ err: error }, 'the database is away; trying again');
  }
}

function runnerDeps(
  parts: WorkerParts,
  store: PgRunStore,
  destinations: PgDestinations,
  changes: ChangePublisher,
): RunnerDeps {
  const { config, pools, clock, secretBox, egress, evaluator, logger } = parts;
  const tokens = new ResumeTokens(secretBox);
  return {
    store,
    workflows: new CompiledWorkflows(new PgDefinitionSource(pools.worker), builtInSteps),
    connections: new PgConnectionSource(pools.worker, secretBox),
    variables: new PgVariableSource(pools.worker),
    evaluator,
    http: egress.http,
    destinations,
    mail: egress.mail,
    files: new RunFiles(new PgEventBodySource(pools.worker)),
    tokens: egress.tokens,
    changes,
    resumeUrl: (kind, runId, place) =>
      `${config.publicUrl}/${kind === 'approval' ? 'approve' : 'resume'}/${tokens.sign({ kind, runId, place })}`,
    now: () => Math.round(clock.now()),
    random: () => Math.random(),
    reportFault: (error, context) => logger.error({ err: error, ...context }, 'a run met a fault of ours'),
  };
}

function createPoller(
  { pools, clock, live }: WorkerParts,
  { connections, variables, evaluator, http, tokens }: RunnerDeps,
  told: { readonly onDue: () => void; readonly onTrouble: (error: unknown) => void },
): Poller {
  return new Poller({
    definitions: new PgDefinitionSource(pools.worker),
    connections,
    variables,
    evaluator,
    http,
    tokens,
    work: new PollWork(pools.worker, clock),
    onFound: ({ projectId, endpointId }, { events, runIds }) => {
      if (runIds.length > 0) told.onDue();
      for (const { id: eventId, status } of events) {
        live.publish({ kind: 'event', projectId, endpointId, eventId, status });
      }
    },
    onTrouble: told.onTrouble,
  });
}
