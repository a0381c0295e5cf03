import { decide, stepState, type StepState } from '@hookloom/engine';
import { watch, type RunControl } from './interruption.js';
import { JournalUnreadable, type ClaimedRun } from './ports.js';
import { doRoundsAhead, loopToDoAhead } from './rounds-ahead.js';
import { openExecution, type Execution } from './run-execution.js';
import { RunLost, RunPostponed } from './run-faults.js';
import { mustEnterLane, takeTurn } from './run-lane.js';
import { finish, isHopeless, postpone, putAside, release } from './run-leaving.js';
import { showProgress } from './run-progress.js';
import type { RunnerDeps } from './runner-deps.js';
import { executeStep } from './step-execution.js';

/** Why steps that are still under way stop when their run ends; made once, since every run ends. */
const RUN_OVER = new Error('The run is over.');

/**
 * Carries a claimed run on until it is finished, asleep or handed back: the only place where steps are done.
 * Never rejects: what goes wrong inside is journaled, and a lost run is left to its new owner.
 */
export async function advance(deps: RunnerDeps, run: ClaimedRun, control: RunControl): Promise<void> {
  try {
    if (run.unreadableEntries !== undefined) throw new JournalUnreadable();
    const workflow = await deps.workflows.get(run);
    await carryOn(await openExecution(deps, run, workflow, control.lost), control);
  } catch (error) {
    if (error instanceof RunLost) return;
    if (!isHopeless(error)) deps.reportFault(error, { runId: run.id });
    await putAside(deps, run, error, control.lost).catch(() => undefined);
  }
}

async function carryOn(execution: Execution, control: RunControl): Promise<void> {
  const { deps, journal, inFlight } = execution;
  const interruption = watch(execution, control);
  const stopShowing = showProgress(execution);
  try {
    for (;;) {
      interruption.check();
      const decision = decide(journal.state, deps.now());
      if (decision.kind === 'execute' && mustEnterLane(execution)) {
        const turn = await takeTurn(execution);
        if (turn === 'left') return;
        if (turn !== 'goesOn') return await finish(execution, turn);
        continue;
      }
      if (decision.kind === 'execute' && !control.draining.aborted)
        await executeAll(execution, decision.paths);
      else if (inFlight.size > 0) await Promise.race(inFlight);
      else return await release(execution, decision);
    }
  } catch (error) {
    if (error instanceof RunLost) throw error;
    deps.reportFault(error instanceof RunPostponed ? error.cause : error, { runId: execution.run.id });
    await Promise.allSettled(inFlight);
    await postpone(execution);
  } finally {
    stopShowing();
    interruption.end();
    execution.stop.abort(RUN_OVER);
    await Promise.allSettled(inFlight);
  }
}

/** A single step is awaited; ready branches run side by side and the first to end brings the loop on. */
async function executeAll(execution: Execution, paths: readonly string[]): Promise<void> {
  const { journal, inFlight } = execution;
  for (const path of paths) {
    const step = stepState(journal.state, path);
    if (step.phase !== 'ready') continue;
    const work = begin(execution, step);
    if (paths.length === 1 && inFlight.size === 0) return work;
    const tracked = work.finally(() => inFlight.delete(tracked));
    inFlight.add(tracked);
  }
  await Promise.race(inFlight);
}

async function begin(execution: Execution, step: StepState): Promise<void> {
  const { journal, loops, run } = execution;
  const ahead = loopToDoAhead(execution, step);
  if (ahead) await doRoundsAhead(execution, ahead);
  else await executeStep(execution, step);
  if (journal.state.endedRounds.length > 0) await loops.keepEnded();
  if (run.onlyStepId === undefined) await journal.whenLong();
}
