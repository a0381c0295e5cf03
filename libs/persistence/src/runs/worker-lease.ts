import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type pg from 'pg';

/** Long enough to outlive a pause of the process, short enough that a dead worker's runs go on soon. */
export const LEASE_MS = 30_000;
/** A claim whose answer was lost is known after this: longer than any claim may take. */
export const LOST_CLAIM_SECONDS = 15;

/** What the database says at a renewal. */
export interface Renewal {
  readonly owner: string;
  readonly cancelled: readonly string[];
  /** All that this owner has held for a while. */
  readonly owned: readonly string[];
}

/**
 * One row for the whole worker process. Time counts from when a renewal was sent: a process that slept through
 * its lease, or whose renewals do not arrive, knows by itself that its runs may be another's. A lost lease is
 * never taken up again; the next one has a new owner.
 */
export class WorkerLease {
  private current: { readonly owner: string; readonly until: number } | undefined;
  private beginning: Promise<string> | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly leaseMs: number = LEASE_MS,
  ) {}

  /** The owner's id while the lease surely holds. */
  get owner(): string | undefined {
    return this.isOver() ? undefined : this.current?.owner;
  }

  get hasBegun(): boolean {
    return this.current !== undefined;
  }

  isOver(): boolean {
    return this.current !== undefined && performance.now() >= this.current.until;
  }

  /** Begins a lease under a new owner; all who ask at the same time get the same one. */
  begin(): Promise<string> {
    this.beginning ??= this.beginNow().finally(() => (this.beginning = undefined));
    return this.beginning;
  }

  private async beginNow(): Promise<string> {
    const owner = randomUUID();
    const until = performance.now() + this.leaseMs;
    await this.pool.query(
      `insert into worker_lease (owner, host, lease_until) values ($1, $2, now() + $3 * interval '1 millisecond')`,
      [owner, hostname(), this.leaseMs],
    );
    this.current = { owner, until };
    return owner;
  }

  /** `lost`: the lease is over. `abandoned`: it was forgotten while the database was asked. */
  async renew(): Promise<Renewal | 'lost' | 'abandoned'> {
    const owner = this.owner;
    if (owner === undefined) return 'lost';
    const until = performance.now() + this.leaseMs;
    const answer = await this.pool.query<{ alive: boolean; cancelled: string[]; owned: string[] }>(
      `with renewed as (
         update worker_lease set lease_until = now() + $2 * interval '1 millisecond'
         where owner = $1 and lease_until > now() returning 1
       ), mine as (select id, cancel_requested, claimed_at from run_queue where owner = $1 and state = 'running')
       select exists (select from renewed) as alive,
         array(select id from mine where cancel_requested) as cancelled,
         array(select id from mine where claimed_at < now() - $3 * interval '1 second') as owned`,
      [owner, this.leaseMs, LOST_CLAIM_SECONDS],
    );
    if (this.current?.owner !== owner) {
      await this.delete(owner);
      return 'abandoned';
    }
    const row = answer.rows[0];
    if (!row?.alive) return 'lost';
    this.current = { owner, until };
    return { owner, cancelled: row.cancelled, owned: row.owned };
  }

  /** Forgets a lost lease, so that the next one can begin. */
  forget(): void {
    this.current = undefined;
  }

  /** Ends the lease early: what is still owned becomes claimable at once. */
  async end(): Promise<void> {
    const owner = this.current?.owner;
    this.current = undefined;
    if (owner !== undefined) await this.delete(owner);
  }

  private async delete(owner: string): Promise<void> {
    await this.pool.query('delete from worker_lease where owner = $1', [owner]);
  }
}
