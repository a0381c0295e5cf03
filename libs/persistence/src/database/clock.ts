import type pg from 'pg';
import { UuidV7Generator } from './uuid-v7.js';

/** How often the offset is measured again, milliseconds. */
const REFRESH_MS = 30_000;
const SAMPLES = 3;

/**
 * The database's clock without a round trip: its offset to this process's monotonic clock is measured at
 * start and refreshed. Ids and times of all processes come from here, so a machine whose own clock is wrong
 * or steps does no harm.
 */
export class DatabaseClock {
  private readonly ids = new UuidV7Generator();
  private offsetMs: number | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly pool: pg.Pool) {}

  /** Measures once and goes on measuring until `stop`. @throws if the database cannot be reached */
  async start(): Promise<void> {
    await this.measure();
    this.timer = setInterval(() => void this.measure().catch(() => undefined), REFRESH_MS);
    this.timer.unref();
  }

  stop(): void {
    clearInterval(this.timer);
  }

  /** Epoch milliseconds by the database's clock. */
  now(): number {
    if (this.offsetMs === undefined) throw new Error('DatabaseClock.start() has not been awaited.');
    return performance.now() + this.offsetMs;
  }

  /** A new UUIDv7; ids of one process grow. */
  newId(): string {
    return this.ids.next(this.now());
  }

  /** Milliseconds that this machine's wall clock is ahead of the database's. */
  skewMs(): number {
    return Date.now() - this.now();
  }

  /** The fastest of a few round trips has the smallest error: half its length at the most. */
  private async measure(): Promise<void> {
    let bestMs = Number.POSITIVE_INFINITY;
    for (let sample = 0; sample < SAMPLES; sample += 1) {
      const sentAt = performance.now();
      const answer = await this.pool.query<{ now: string }>(
        'select extract(epoch from clock_timestamp()) * 1000 as now',
      );
      const tookMs = performance.now() - sentAt;
      if (tookMs >= bestMs) continue;
      bestMs = tookMs;
      this.offsetMs = Number(answer.rows[0]?.now) - (sentAt + tookMs / 2);
    }
  }
}
