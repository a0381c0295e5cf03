import type { RunBatchRow } from '@hookloom/persistence';
import { ProblemError } from '@hookloom/server-kit';
import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { AppParts } from '../app-parts.js';
import { RetryService } from '../runs/retry.service.js';
import { RunActions } from '../runs/run-actions.service.js';

const LOOK_MS = 500;
/** Runs between two looks whether the batch was cancelled. */
const PER_TURN = 20;

/**
 * Carries batches on, a few runs a turn. Each run is retried or cancelled by a transaction of its own, which can be done
 * only once; a process that dies in between leaves the rest of the batch to others.
 */
@Injectable()
export class RunBatchTurns implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> = Promise.resolve();
  private isStopped = false;

  constructor(
    private readonly parts: AppParts,
    private readonly retries: RetryService,
    private readonly actions: RunActions,
  ) {}

  onApplicationBootstrap(): void {
    this.lookIn(LOOK_MS);
  }

  async onModuleDestroy(): Promise<void> {
    this.isStopped = true;
    clearTimeout(this.timer);
    await this.turn;
  }

  private lookIn(ms: number): void {
    if (this.isStopped) return;
    this.timer = setTimeout(() => (this.turn = this.look()), ms).unref();
  }

  private async look(): Promise<void> {
    let isBusy = false;
    try {
      isBusy = await this.takeTurn();
    } catch (error) {
      this.parts.logger.warn({ err: error }, 'a batch of runs could not be carried on and is tried again');
    }
    this.lookIn(isBusy ? 0 : LOOK_MS);
  }

  /** @returns whether there was something to do */
  private async takeTurn(): Promise<boolean> {
    const { runBatches } = this.parts.store;
    const taken = await runBatches.take(PER_TURN);
    if (taken === undefined) return false;
    const { batch, runIds } = taken;
    for (const runId of runIds)
      await runBatches.note(batch.id, { runId, reason: await this.doTo(batch, runId) });
    await runBatches.release(batch.id);
    return true;
  }

  /** @returns why it could not be done */
  private async doTo(
    { action, version, projectId }: RunBatchRow,
    runId: string,
  ): Promise<string | undefined> {
    try {
      if (action === 'retry')
        await this.retries.retry({ projectId }, runId, version === null ? {} : { version });
      else await this.actions.cancel({ projectId }, runId);
      return undefined;
    } catch (error) {
      if (error instanceof ProblemError) return error.detail ?? error.title;
      throw error;
    }
  }
}
