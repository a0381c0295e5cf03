import { EndpointSettings } from '@hookloom/contracts';
import type pg from 'pg';
import type { DatabaseClock } from '../database/clock.js';
import { inTransaction } from '../database/in-transaction.js';
import { lowestId } from '../database/partitions.js';
import { isSilent, learnGaps, silentAfter, type UsualGaps } from './silence-rule.js';
import { silenceSentence } from './alert-text.js';
import * as sql from './silence-watch.sql.js';

const HOUR_MS = 3_600_000;
/** How far back an endpoint's habits are looked for. */
const LEARN_HOURS = 14 * 24;
/** Events from which the usual gap is learned. */
const LEARN_EVENTS = 500;

interface Watched {
  readonly endpointId: string;
  readonly projectId: string;
  /** JSON text of EndpointSettings. */
  readonly settings: string;
  readonly usualSeconds: number | null;
  readonly pauseSeconds: number | null;
  readonly lastEventAt: Date | null;
  readonly silentSince: Date | null;
  readonly isStale: boolean;
  readonly isStarted: boolean;
}

/**
 * Watches endpoints for silence: each about once a minute by its two newest events, and what is usual for it once an
 * hour. Everything is read from an index, so an event costs nothing when it comes.
 */
export class SilenceWatch {
  constructor(
    private readonly pool: pg.Pool,
    private readonly clock: Pick<DatabaseClock, 'now'>,
  ) {}

  /** Looks at up to `limit` endpoints whose turn it is. Every worker may call it. @returns how many there were */
  async takeTurn(limit: number): Promise<number> {
    await this.pool.query(sql.BEGIN_WATCH, [limit]);
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Watched>(sql.TAKE, [limit]);
      for (const watched of rows) await this.look(client, watched);
      return rows.length;
    });
  }

  private async look(client: pg.PoolClient, watched: Watched): Promise<void> {
    const { endpointId, projectId } = watched;
    const learned = watched.isStale ? await this.learn(client, endpointId) : gapsOf(watched);
    const { silence } = EndpointSettings.parse(JSON.parse(watched.settings));
    const afterSeconds = watched.isStarted ? silentAfter(silence, learned) : undefined;
    const [last, beforeLast] = await this.latest(client, endpointId, 2);
    const known = last ?? (watched.lastEventAt === null ? undefined : watched.lastEventAt.getTime() / 1_000);
    const was = watched.silentSince !== null;
    const now = this.clock.now() / 1_000;
    const is = afterSeconds !== undefined && isSilent(was, afterSeconds, { now, last: known, beforeLast });
    const since = is && known !== undefined ? (watched.silentSince ?? dateOf(known)) : null;
    await client.query(sql.NOTE, [endpointId, known === undefined ? null : dateOf(known), since]);
    if (is && !was && since !== null && afterSeconds !== undefined) {
      const sentence = silenceSentence(afterSeconds, learned?.usualSeconds);
      await client.query(sql.OPEN_ALERT, [projectId, endpointId, since, sentence]);
    }
    if (was && !is) await client.query(sql.END_ALERT, [projectId, endpointId]);
  }

  private async learn(client: pg.PoolClient, endpointId: string): Promise<UsualGaps | undefined> {
    const thisHour = Math.floor(this.clock.now() / HOUR_MS);
    const hours = Array.from({ length: LEARN_HOURS }, (_, at) => thisHour - LEARN_HOURS + 1 + at);
    const { rows } = await client.query<{ at: number }>(sql.HOURS, [
      endpointId,
      hours.map((hour) => lowestId(hour * HOUR_MS)),
      hours.map((hour) => lowestId((hour + 1) * HOUR_MS)),
      hours,
    ]);
    const times = (await this.latest(client, endpointId, LEARN_EVENTS)).toReversed();
    const learned = learnGaps(
      times,
      rows.map(({ at }) => at),
    );
    await client.query(sql.LEARN, [endpointId, learned?.usualSeconds, learned?.pauseSeconds]);
    return learned;
  }

  /** Times of the latest events, epoch seconds, the newest first. */
  private async latest(client: pg.PoolClient, endpointId: string, limit: number): Promise<number[]> {
    const from = lowestId(this.clock.now() - LEARN_HOURS * HOUR_MS);
    const { rows } = await client.query<{ at: string }>(sql.LATEST, [endpointId, from, limit]);
    return rows.map(({ at }) => Number(at));
  }
}

function gapsOf({ usualSeconds, pauseSeconds }: Watched): UsualGaps | undefined {
  return usualSeconds === null || pauseSeconds === null ? undefined : { usualSeconds, pauseSeconds };
}

function dateOf(seconds: number): Date {
  return new Date(seconds * 1_000);
}
