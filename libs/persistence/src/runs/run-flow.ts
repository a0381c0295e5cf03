import { concurrencyOf, SUBWORKFLOW_TRIGGER, WorkflowDefinition } from '@hookloom/contracts';
import type { ChildStart, ClaimedRun, HeldAnswer, StepAnswer, StepPlace } from '@hookloom/runner';
import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import * as sql from './run-flow.sql.js';

interface LiveWorkflow {
  readonly id: string;
  readonly version: number;
  readonly paused: boolean;
  readonly definition: string;
}

/** Where a run that another one starts begins. */
interface Start {
  readonly kind: 'subworkflow' | 'error';
  readonly place: StepPlace;
  readonly workflowId: string;
  readonly version: number | null;
  readonly triggerStepId: string;
  readonly maxConcurrentRuns: number | undefined;
  readonly state: 'queued' | 'held';
  readonly inputJson: string;
}

/** What a run does to others and to the request that it is awaited by; nothing of it unless its worker owns it. */
export class RunFlow {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'newId'>,
  ) {}

  /** @returns whether the run is still this owner's; of several answers of a run the first counts */
  respond(run: ClaimedRun, owner: string, answer: HeldAnswer): Promise<boolean> {
    const content = answer.kind === 'respond' ? answer.answerJson : answer.outputJson;
    return this.isMine(sql.RESPOND, [run.id, run.fence, owner, answer.kind, content]);
  }

  /** @returns what came for a wait whose time is up; false: the run is not this owner's any more */
  async closeWait(run: ClaimedRun, owner: string, place: StepPlace): Promise<StepAnswer | undefined | false> {
    const { path, generation } = place;
    const values = [run.id, run.fence, owner, path, generation];
    const answer = await this.pool.query<{ closed: number }>(sql.CLOSE_WAIT, values);
    const row = answer.rows[0];
    if (!row) return false;
    if (row.closed > 0) return undefined;
    const came = await this.pool.query<{ result: string }>(sql.LAST_MOMENT, [run.id, path, generation]);
    const [first] = came.rows;
    return first && JSON.parse(first.result);
  }

  /** @returns whether the run is still this owner's */
  answerParent(run: ClaimedRun, owner: string, result: StepAnswer): Promise<boolean> {
    return this.isMine(sql.ANSWER_PARENT, [run.id, run.fence, owner, JSON.stringify(result)]);
  }

  /** @returns false where the run is not this owner's any more */
  async startChild(
    run: ClaimedRun,
    owner: string,
    place: StepPlace,
    call: { readonly workflow: string; readonly inputJson: string },
  ): Promise<ChildStart | false> {
    const found = await this.pool.query<LiveWorkflow>(sql.LIVE_WORKFLOW, [run.projectId, call.workflow]);
    const live = found.rows[0];
    if (!live)
      return refused(
        'not_live',
        `There is no live workflow "${call.workflow}". Publish it, or name another.`,
      );
    const { steps, settings } = WorkflowDefinition.parse(JSON.parse(live.definition));
    const trigger = steps.find((step) => step.type === SUBWORKFLOW_TRIGGER && !step.disabled);
    if (!trigger) {
      const message = `The workflow "${call.workflow}" has no trigger “When a workflow calls”. Add one and publish it.`;
      return refused('no_subworkflow_trigger', message);
    }
    const runId = await this.start(run, owner, {
      kind: 'subworkflow',
      place,
      workflowId: live.id,
      version: live.version,
      triggerStepId: trigger.id,
      maxConcurrentRuns: concurrencyOf(settings),
      state: live.paused ? 'held' : 'queued',
      inputJson: call.inputJson,
    });
    return runId === undefined ? false : { kind: 'started', runId };
  }

  /** @returns the run's id; false where the failed run is not this owner's any more */
  async startErrorRun(
    run: ClaimedRun,
    owner: string,
    start: { readonly seq: number; readonly triggerStepId: string; readonly inputJson: string },
  ): Promise<string | false> {
    const runId = await this.start(run, owner, {
      kind: 'error',
      place: { path: '', generation: start.seq },
      workflowId: run.workflowId,
      version: run.version,
      triggerStepId: start.triggerStepId,
      maxConcurrentRuns: undefined,
      state: 'queued',
      inputJson: start.inputJson,
    });
    return runId ?? false;
  }

  private async start(run: ClaimedRun, owner: string, start: Start): Promise<string | undefined> {
    const { kind, place, workflowId, version, triggerStepId, maxConcurrentRuns, state, inputJson } = start;
    const answer = await this.pool.query<{ child_run_id: string }>(sql.START_RUN, [
      run.id,
      run.fence,
      owner,
      place.path,
      place.generation,
      kind,
      this.clock.newId(),
      workflowId,
      version,
      triggerStepId,
      maxConcurrentRuns ?? null,
      state,
      inputJson,
    ]);
    return answer.rows[0]?.child_run_id;
  }

  private async isMine(text: string, values: unknown[]): Promise<boolean> {
    const answer = await this.pool.query(text, values);
    return answer.rowCount === 1;
  }
}

function refused(code: string, message: string): ChildStart {
  return { kind: 'refused', code, message };
}
