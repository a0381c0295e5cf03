import { AlertTarget } from '@hookloom/contracts';
import type pg from 'pg';
import * as sql from './alert-work.sql.js';

/** A message that is to be sent now. */
export interface OutgoingAlert {
  readonly id: string;
  readonly projectId: string;
  readonly target: AlertTarget;
  readonly subject: string;
  readonly content: string;
}

/** Sends one message, or throws why not: a sentence for a person. */
export type SendAlert = (message: OutgoingAlert) => Promise<void>;

interface TakenMessage extends Omit<OutgoingAlert, 'target'> {
  readonly target: string;
  readonly tries: number;
}

/** A worker that has not said so by then has died: another one sends the message. */
const SEND_SECONDS = 120;
const FIRST_RETRY_SECONDS = 60;
const LAST_RETRY_SECONDS = 3_600;
const MOST_TRIES = 12;

/**
 * Messages on their way out. Each is sent at least once; twice only if a worker dies between sending and noting it, and
 * then under the same id, by which mail programs recognise it.
 */
export class AlertOutbox {
  constructor(private readonly pool: pg.Pool) {}

  /** Sends the message that is due for longest. Every worker may call it. @returns whether there was one */
  async sendOne(send: SendAlert): Promise<boolean> {
    const answer = await this.pool.query<TakenMessage>(sql.TAKE_MESSAGE, [SEND_SECONDS]);
    const taken = answer.rows[0];
    if (taken === undefined) return false;
    try {
      await send({ ...taken, target: AlertTarget.parse(JSON.parse(taken.target)) });
      await this.pool.query(sql.NOTE_SENT, [taken.id]);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      await this.pool.query(sql.NOTE_FAILED, [taken.id, why.slice(0, 2_000), retrySeconds(taken.tries)]);
    }
    return true;
  }
}

/** `null`: it was tried often enough. */
function retrySeconds(tries: number): number | null {
  if (tries >= MOST_TRIES) return null;
  return Math.min(LAST_RETRY_SECONDS, FIRST_RETRY_SECONDS * 2 ** (tries - 1));
}
