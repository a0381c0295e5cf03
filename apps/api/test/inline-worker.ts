import {
  PgConnectionSource,
  PgDefinitionSource,
  PgEventBodySource,
  PgRunStore,
  PgVariableSource,
  DatabaseClock,
  Maintenance,
  ResumeTokens,
} from '@hookloom/persistence';
import { CompiledWorkflows, RunFiles, advance, type RunnerDeps } from '@hookloom/runner';
import { builtInSteps } from '@hookloom/steps';
import type { HttpResponse } from '@hookloom/step-kit';
import { giveTokens } from '@hookloom/step-kit/testing';
import { OPEN_ROADS } from '@hookloom/testing';
import type { AppParts } from '../src/app-parts.js';
import type { EventParts } from '../src/event-parts.js';

type Answer = Pick<HttpResponse, 'status'> & { readonly text: string };

/** Carries on all that is due, in this process: the real store and runner, with a stand-in for the network. */
export class InlineWorker {
  private constructor(
    private readonly store: PgRunStore,
    private readonly deps: RunnerDeps,
    private readonly clock: DatabaseClock,
    private readonly maintenance: Maintenance,
  ) {}

  static async start(
    parts: AppParts,
    events: EventParts,
    answer: () => Answer | Promise<Answer>,
  ): Promise<InlineWorker> {
    const { pools, secretBox } = parts;
    const clock = new DatabaseClock(pools.aside);
    await clock.start();
    const store = new PgRunStore(pools, clock);
    const tokens = new ResumeTokens(secretBox);
    const http = {
      send: async () => {
        const { status, text } = await answer();
        const headers = { 'content-type': 'application/json' };
        return { status, headers, body: Buffer.from(text), url: 'http://stand-in.test/' };
      },
    };
    const mail = {
      send: () => Promise.reject(new Error('no mail here')),
      check: () => Promise.reject(new Error('no mail here')),
    };
    const deps: RunnerDeps = {
      store,
      workflows: new CompiledWorkflows(new PgDefinitionSource(pools.worker), builtInSteps),
      connections: new PgConnectionSource(pools.worker, secretBox),
      variables: new PgVariableSource(pools.worker),
      evaluator: events.evaluator,
      http,
      mail,
      files: new RunFiles(new PgEventBodySource(pools.worker)),
      tokens: giveTokens(),
      destinations: OPEN_ROADS,
      changes: {
        publish: (projectId, change) => events.live.publish({ kind: 'run', projectId, change }),
        answered: (projectId, eventId) => events.live.tell({ kind: 'answered', projectId, eventId }),
        ring: (runIds) => events.bell.ring(runIds),
      },
      resumeUrl: (kind, runId, place) =>
        `/${kind === 'approval' ? 'approve' : 'resume'}/${tokens.sign({ kind, runId, place })}`,
      now: () => clock.now(),
      random: () => 0.5,
      reportFault: (error) => {
        throw error;
      },
    };
    return new InlineWorker(store, deps, clock, new Maintenance(pools, clock));
  }

  /** Until nothing is due any more. Its lease may have ended since the last time, on a busy machine: then it begins anew. */
  async work(): Promise<void> {
    const { alive } = await this.store.heartbeat();
    if (!alive) await this.store.heartbeat();
    for (let claimed = await this.store.claim(50); claimed.length > 0; claimed = await this.store.claim(50)) {
      await Promise.all(claimed.map((run) => advance(this.deps, run, undisturbed())));
    }
  }

  /** What workers do beside runs: takes up or ends runs whose worker died, cancels what a cancelled run called, ends the waits for runs that ended in nobody's hands. */
  async upkeep(): Promise<void> {
    await this.maintenance.reclaimExpired();
    await this.maintenance.cancelCalled(100);
    await this.maintenance.answerOrphans(100);
  }

  async close(): Promise<void> {
    await this.store.close();
    this.clock.stop();
  }
}

function undisturbed() {
  const never = () => new AbortController().signal;
  return { lost: never(), cancelled: never(), draining: never(), hurry: never() };
}
