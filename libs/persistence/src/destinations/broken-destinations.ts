import type { RunError } from '@hookloom/contracts';
import type pg from 'pg';
import { spell, WORKFLOW_PAUSED } from '../alerts/alert-text.js';
import { inTransaction } from '../database/in-transaction.js';
import { HOLD_RUNS, PAUSE_WORKFLOW } from '../repositories/workflow-pause.sql.js';
import * as sql from './broken-destinations.sql.js';

/** Reliability rule 16. */
const GIVE_UP_SECONDS = 5 * 86_400;

interface Broken {
  readonly projectId: string;
  readonly host: string;
  readonly problem: string | null;
}

/**
 * Hosts that have not worked for days: the workflows that wait for them are paused and their people told, since nothing
 * but more waiting runs would come of going on. Whoever resumes one gives the host as long again.
 */
export class BrokenDestinations {
  constructor(private readonly pool: pg.Pool) {}

  /** Every worker may call it. @returns workflows that were paused */
  pauseSenders(): Promise<number> {
    return inTransaction(this.pool, async (client) => {
      const { rows } = await client.query<Broken>(sql.TAKE_BROKEN, [GIVE_UP_SECONDS]);
      let paused = 0;
      for (const broken of rows) paused += await this.pauseFor(client, broken);
      return paused;
    });
  }

  private async pauseFor(client: pg.PoolClient, broken: Broken): Promise<number> {
    const { projectId, host } = broken;
    const { rows } = await client.query<{ id: string }>(sql.SENDERS, [projectId, host]);
    const error = JSON.stringify(errorOf(broken));
    const detail = JSON.stringify({ host });
    for (const { id } of rows) {
      await client.query(PAUSE_WORKFLOW, [id, projectId]);
      await client.query(HOLD_RUNS, [id]);
      await client.query(sql.NOTE_PAUSE, [projectId, id, detail]);
      await client.query(sql.OPEN_ALERT, [projectId, id, error]);
    }
    return rows.length;
  }
}

function errorOf({ host, problem }: Broken): RunError {
  const last = problem === null ? '' : ` The last try: ${problem}.`;
  const message = `${host} has not worked for ${spell(GIVE_UP_SECONDS)}, so the workflow was paused.${last} Nothing is lost: resume it when the host works again.`;
  return { code: WORKFLOW_PAUSED, message };
}
