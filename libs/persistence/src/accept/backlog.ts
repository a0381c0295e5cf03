import { LIMITS } from '@hookloom/contracts';
import type pg from 'pg';

const MIN_REFRESH_MS = 1_000;
/** Counting may take this part of one connection's time at the most. */
const SHARE = 20;

/**
 * Knows about how many runs wait. Counting a million rows takes a tenth of a second, so it happens beside the
 * accept path, the less often the longer it takes, and only while events arrive.
 */
export class Backlog {
  private waiting = 0;
  private nextRefreshAt = 0;
  private isRefreshing = false;

  constructor(
    private readonly pool: pg.Pool,
    private readonly limit: number = LIMITS.waitingRuns,
  ) {}

  /** Answers from memory; begins a new count when the last one is old. */
  isFull(): boolean {
    if (!this.isRefreshing && performance.now() >= this.nextRefreshAt) void this.refresh();
    return this.waiting > this.limit;
  }

  /** Counts now. The last count stays if the database is away. */
  async refresh(): Promise<void> {
    this.isRefreshing = true;
    const startedAt = performance.now();
    try {
      const answer = await this.pool.query<{ waiting: string }>(
        'select count(*) as waiting from (select from run_queue limit $1) as q',
        [this.limit + 1],
      );
      this.waiting = Number(answer.rows[0]?.waiting ?? 0);
    } catch {
      this.nextRefreshAt = performance.now() + MIN_REFRESH_MS;
    } finally {
      const tookMs = performance.now() - startedAt;
      this.nextRefreshAt = performance.now() + Math.max(MIN_REFRESH_MS, SHARE * tookMs);
      this.isRefreshing = false;
    }
  }
}
