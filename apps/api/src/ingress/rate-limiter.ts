export interface RateLimit {
  readonly perSecond: number;
  /** Requests at once after a pause; one second's worth when left out. */
  readonly burst?: number | undefined;
}

interface Bucket {
  tokens: number;
  /** Monotonic milliseconds. */
  at: number;
  /** From here on the bucket is full, so forgetting it changes nothing. */
  fullAt: number;
}

const SWEEP_MS = 60_000;

/**
 * Token buckets in memory, one an endpoint. Several api processes hold the limit together by each taking an equal
 * share: asking a common store on each request would cost more than the request itself, and a balancer spreads
 * requests evenly enough that the sum stays close to the limit, never above it.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();
  private sweptAt = 0;

  /** @param processes how many api processes share the limits at this moment */
  constructor(private readonly processes: () => number) {}

  /** @param now monotonic milliseconds. @returns 0 when let through, else the seconds to wait */
  take(endpointId: string, limit: RateLimit, now: number): number {
    this.sweep(now);
    const share = Math.max(1, this.processes());
    const perMs = limit.perSecond / share / 1_000;
    const burst = Math.max(1, (limit.burst ?? Math.ceil(limit.perSecond)) / share);
    const bucket = this.buckets.get(endpointId) ?? { tokens: burst, at: now, fullAt: now };
    this.buckets.set(endpointId, bucket);
    bucket.tokens = Math.min(burst, bucket.tokens + (now - bucket.at) * perMs);
    bucket.at = now;
    const waitSeconds = bucket.tokens < 1 ? (1 - bucket.tokens) / perMs / 1_000 : 0;
    if (waitSeconds === 0) bucket.tokens -= 1;
    bucket.fullAt = now + (burst - bucket.tokens) / perMs;
    return waitSeconds;
  }

  private sweep(now: number): void {
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    for (const [id, bucket] of this.buckets) if (now >= bucket.fullAt) this.buckets.delete(id);
  }
}
