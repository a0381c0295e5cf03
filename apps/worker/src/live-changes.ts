import { FINISHED_RUN_STATUSES, type RunChange } from '@hookloom/contracts';
import type { LiveFeed } from '@hookloom/dispatch';
import type { ChangePublisher } from '@hookloom/runner';
import type { Metrics } from '@hookloom/server-kit';

/** Passes changes of runs on to those who watch, and counts the runs that ended. */
export class LiveChanges implements ChangePublisher {
  constructor(
    private readonly live: LiveFeed,
    private readonly metrics: Metrics,
  ) {}

  publish(projectId: string, change: RunChange): void {
    const isEnd =
      change.stepId === undefined && FINISHED_RUN_STATUSES.some((status) => status === change.status);
    if (isEnd) this.metrics.runs.inc({ status: change.status });
    this.live.publish({ kind: 'run', projectId, change });
  }
}
