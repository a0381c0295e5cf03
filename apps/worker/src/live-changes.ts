import { FINISHED_RUN_STATUSES, type RunChange } from '@hookloom/contracts';
import type { Bell, LiveFeed } from '@hookloom/dispatch';
import type { ChangePublisher } from '@hookloom/runner';
import type { Metrics } from '@hookloom/server-kit';

/** Passes changes of runs on to those who watch, and counts the runs that ended. */
export class LiveChanges implements ChangePublisher {
  constructor(
    private readonly live: LiveFeed,
    private readonly metrics: Metrics,
    private readonly bell: Pick<Bell, 'ring'>,
  ) {}

  answered(projectId: string, eventId: string): void {
    this.live.tell({ kind: 'answered', projectId, eventId });
  }

  ring(runIds: readonly string[]): void {
    this.bell.ring(runIds);
  }

  publish(projectId: string, change: RunChange): void {
    const isEnd =
      change.stepId === undefined && FINISHED_RUN_STATUSES.some((status) => status === change.status);
    if (isEnd) this.metrics.runs.inc({ status: change.status });
    this.live.publish({ kind: 'run', projectId, change });
  }
}
