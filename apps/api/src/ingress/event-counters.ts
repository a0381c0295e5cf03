import type { EventStatus } from '@hookloom/contracts';

/** The part of the metrics that trigger URLs count in. */
export interface IngressMetrics {
  readonly events: { inc(labels: { status: string }, value: number): void };
  readonly acceptSeconds: { observe(seconds: number): void };
}

/** Refusals that are counted but never stored count under words of their own. */
export type CountedStatus = EventStatus | 'rate_limited' | 'unavailable';

const FLUSH_MS = 20;

/**
 * Counts in plain numbers and tells the metrics a few milliseconds later, all at once: finding a labelled counter
 * costs more than the rest of the bookkeeping of a request.
 */
export class EventCounters {
  private readonly counts = new Map<CountedStatus, number>();
  private seconds: number[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly metrics: IngressMetrics) {}

  /** @param seconds from the request's headers to its answer */
  count(status: CountedStatus, seconds: number): void {
    this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
    this.seconds.push(seconds);
    this.timer ??= setTimeout(() => this.flush(), FLUSH_MS).unref();
  }

  private flush(): void {
    this.timer = undefined;
    for (const [status, count] of this.counts) this.metrics.events.inc({ status }, count);
    this.counts.clear();
    for (const seconds of this.seconds) this.metrics.acceptSeconds.observe(seconds);
    this.seconds = [];
  }
}
