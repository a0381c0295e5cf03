import type { RateLimit } from '@hookloom/contracts';
import type { Clearance, Destination, Destinations } from '@hookloom/runner';
import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { CallTally, keyOf, type Tally } from './call-tally.js';
import * as sql from './destinations.sql.js';

/** So many failures in a row, or this share of so many calls within a minute, and a destination is left alone. */
const FAILURES_IN_ROW = 10;
const FAILED_SHARE = 0.7;
const OPEN_SECONDS = 30;
/** A probe whose worker died is forgotten after this. */
const PROBE_SECONDS = 60;
/** While a probe is under way the others look again about so often. */
const LOOK_AGAIN_MS = 3_000;
/** Those who wait come back one after the other, the longer the trouble lasts the more apart. */
const LARGEST_SPREAD_MS = 120_000;
/** How old what this process knows of the others may be. */
const REFRESH_MS = 1_000;
/** Remembered by this process at the most; one that is forgotten is noted again. */
const MOST_SENDERS = 10_000;
/** A turn may be taken a little late, since a claim takes time. */
const TURN_LASTS_MS = 1_000;

interface Health extends Destination {
  readonly inRow: number;
  readonly windowCalls: number;
  readonly windowFailed: number;
  readonly problem: string | null;
  readonly openedAt: Date | null;
  readonly openUntil: Date | null;
}

/**
 * Rate limits and pauses of destinations, shared by all workers through PostgreSQL. As long as a host answers and has no
 * limit, nothing is asked and nothing written.
 */
export class PgDestinations implements Destinations {
  private readonly tally = new CallTally();
  private troubled = new Map<string, Health>();
  /** Who is known to wait for whom. */
  private readonly senders = new Set<string>();
  private refreshedAt = Number.NEGATIVE_INFINITY;
  private refreshing: Promise<void> | undefined;
  private flushing: Promise<void> | undefined;

  /** @param onError told when what happened could not be written: then less is known for a moment, nothing is lost */
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'now'>,
    private readonly onError: (error: unknown) => void,
  ) {}

  async ask(destination: Destination, limit: RateLimit | undefined, workflowId: string): Promise<Clearance> {
    await this.refresh();
    const health = this.troubled.get(keyOf(destination));
    if (health?.openUntil) {
      const pause = await this.askPaused(health, health.openUntil.getTime());
      if (pause) {
        await this.noteSender(health, workflowId);
        return pause;
      }
    }
    return limit ? this.takeTurn(destination, limit) : { kind: 'clear' };
  }

  note(destination: Destination, problem: string | undefined): void {
    if (problem === undefined && !this.troubled.has(keyOf(destination))) return;
    this.tally.note(destination, problem);
    this.flushing ??= this.flush().finally(() => (this.flushing = undefined));
  }

  /** Waits until all that was noted is written. */
  async settle(): Promise<void> {
    await this.flushing;
  }

  /** Forgets what is old. */
  async forget(): Promise<void> {
    await this.pool.query(sql.FORGET_TURNS);
    await this.pool.query(sql.FORGET_HEALTH);
  }

  /** Once for each workflow and trouble: whom a host's trouble concerns is asked only if it lasts for days. */
  private async noteSender({ projectId, host, openedAt }: Health, workflowId: string): Promise<void> {
    const sender = `${workflowId} ${openedAt?.getTime()} ${host}`;
    if (this.senders.has(sender)) return;
    if (this.senders.size >= MOST_SENDERS) this.senders.clear();
    this.senders.add(sender);
    await this.pool.query(sql.NOTE_SENDER, [projectId, host, workflowId]).catch((error: unknown) => {
      this.senders.delete(sender);
      this.onError(error);
    });
  }

  /** `undefined`: this call is the probe. */
  private async askPaused(health: Health, openUntil: number): Promise<Clearance | undefined> {
    const now = this.clock.now();
    if (openUntil > now) {
      const troubleMs = now - (health.openedAt?.getTime() ?? now);
      const spreadMs = Math.min(LARGEST_SPREAD_MS, Math.max(LOOK_AGAIN_MS, troubleMs / 2));
      return this.toWait(health, openUntil + Math.random() * spreadMs);
    }
    const probe = await this.pool.query(sql.PROBE, [health.projectId, health.host, PROBE_SECONDS]);
    if (probe.rowCount === 1) return undefined;
    return this.toWait(health, now + LOOK_AGAIN_MS * (0.5 + Math.random()));
  }

  private toWait(health: Health, until: number): Clearance {
    const seconds = Math.max(1, Math.round((until - this.clock.now()) / 1_000));
    const what =
      health.inRow >= FAILURES_IN_ROW
        ? `${health.inRow} failures in a row`
        : `${health.windowFailed} failures in ${health.windowCalls} calls`;
    const why = health.problem === null ? '' : ` The last one: ${health.problem}`;
    const reason = `${health.host} is paused after ${what}; next try in ${seconds} s.${why}`;
    return { kind: 'wait', until: Math.round(until), reason };
  }

  private async takeTurn(destination: Destination, limit: RateLimit): Promise<Clearance> {
    const { projectId, host } = destination;
    const spacing = (limit.seconds ?? 1) / limit.limit;
    const taken = await this.pool.query<{ at: string }>(sql.TAKE_TURN, [projectId, host, spacing]);
    const now = this.clock.now();
    const reason = `Waiting for ${host}: limit ${limit.limit} ${limit.seconds === undefined || limit.seconds === 1 ? 'a second' : `in ${limit.seconds} s`}.`;
    const row = taken.rows[0];
    if (!row) {
      const until = now + sql.LONGEST_TURN_SECONDS * 1_000 * (0.5 + Math.random() / 2);
      return { kind: 'wait', until: Math.round(until), reason };
    }
    const until = Math.ceil(Number(row.at));
    if (until <= now) return { kind: 'clear' };
    return { kind: 'wait', until, reason, turnUntil: until + TURN_LASTS_MS };
  }

  /** Only the first call waits for it. */
  private async refresh(): Promise<void> {
    if (performance.now() - this.refreshedAt < REFRESH_MS) return;
    this.refreshing ??= this.load().finally(() => (this.refreshing = undefined));
    if (this.refreshedAt === Number.NEGATIVE_INFINITY) await this.refreshing;
    else this.refreshing.catch(this.onError);
  }

  private async load(): Promise<void> {
    const { rows } = await this.pool.query<Health>(sql.LOAD_TROUBLED);
    this.troubled = new Map(rows.map((row) => [keyOf(row), row]));
    this.refreshedAt = performance.now();
  }

  /** One statement for all calls that ended while the last one was under way. */
  private async flush(): Promise<void> {
    try {
      for (let tallies = this.tally.take(); tallies.length > 0; tallies = this.tally.take())
        await this.write(tallies.filter((tally) => tally.failed > 0 || this.troubled.has(keyOf(tally))));
    } catch (error) {
      this.onError(error);
    }
  }

  private async write(tallies: readonly Tally[]): Promise<void> {
    if (tallies.length === 0) return;
    const { rows } = await this.pool.query<Health>(sql.NOTE_CALLS, [
      tallies.map(({ projectId }) => projectId),
      tallies.map(({ host }) => host),
      tallies.map(({ calls }) => calls),
      tallies.map(({ failed }) => failed),
      tallies.map(({ inRow }) => inRow),
      tallies.map(({ problem }) => problem ?? null),
    ]);
    for (const health of rows) await this.judge(health);
  }

  /** After a pause one call decides: it answers again, or is left alone once more. */
  private async judge(health: Health): Promise<void> {
    const { projectId, host, inRow, windowCalls, windowFailed } = health;
    const isProbe = health.openedAt !== null;
    const isTooMuch =
      inRow >= FAILURES_IN_ROW ||
      (windowCalls >= FAILURES_IN_ROW && windowFailed >= FAILED_SHARE * windowCalls);
    this.troubled.set(keyOf(health), health);
    if (isProbe && inRow === 0) {
      await this.pool.query(sql.CLOSE, [projectId, host]);
      this.troubled.delete(keyOf(health));
    } else if (isProbe || isTooMuch) {
      const { rows } = await this.pool.query<Health>(sql.OPEN, [projectId, host, OPEN_SECONDS]);
      if (rows[0]) this.troubled.set(keyOf(health), rows[0]);
    }
  }
}
