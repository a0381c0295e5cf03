import type { RateLimit } from '@hookloom/contracts';
import { RetryableError } from '@hookloom/step-kit';
import { ours } from './run-faults.js';
import { StepPostponed, type Clearance, type Destination, type Destinations } from './destinations.js';

/** So short a wait costs less than putting the run aside. */
const WORTH_WAITING_MS = 300;

export interface PaceSettings {
  readonly destinations: Destinations;
  readonly projectId: string;
  readonly workflowId: string;
  readonly limits: readonly RateLimit[];
  readonly now: () => number;
  /** Until when the first call of the step is reserved for it. */
  readonly turnUntil: number | undefined;
}

/** What a failed call says of its host: why the next one may fail as well, or that it is well. */
export interface HostVerdict {
  readonly problem: string | undefined;
}

/** One call of a step, whatever it speaks. */
export interface PacedCall<Answer> {
  /** As in a URL, with its port if it has one. */
  readonly host: string;
  readonly signal: AbortSignal;
  send(): Promise<Answer>;
  /** Why the next call may fail as well; `undefined`: the host is well. */
  problemOf(answer: Answer): string | undefined;
  /** The same of a call that failed; nothing where that says nothing of the host. */
  verdictOn(error: unknown): HostVerdict | undefined;
}

/**
 * Calls of one attempt of a step. The first waits for its turn by putting the step aside, so that no worker is held; the
 * next ones, such as further pages, are part of what has begun and wait here.
 */
export class Pace {
  private isFirst = true;

  constructor(private readonly settings: PaceSettings) {}

  /** @throws StepPostponed before the first call; RetryableError where the host was paused in between */
  async call<Answer>(call: PacedCall<Answer>): Promise<Answer> {
    const destination = { projectId: this.settings.projectId, host: call.host };
    if (this.isFirst) await this.beforeFirst(destination, call.signal);
    else await this.beforeNext(destination, call.signal);
    this.isFirst = false;
    return this.sendAndNote(destination, call);
  }

  private async sendAndNote<Answer>(destination: Destination, call: PacedCall<Answer>): Promise<Answer> {
    const { destinations } = this.settings;
    try {
      const answer = await call.send();
      destinations.note(destination, call.problemOf(answer));
      return answer;
    } catch (error) {
      const verdict = call.signal.aborted ? undefined : call.verdictOn(error);
      if (verdict) destinations.note(destination, verdict.problem);
      throw error;
    }
  }

  private ask(destination: Destination): Promise<Clearance> {
    const { destinations, limits, workflowId } = this.settings;
    const limit = limits.find(({ host }) => host.toLowerCase() === destination.host);
    return ours(() => destinations.ask(destination, limit, workflowId));
  }

  private async beforeFirst(destination: Destination, signal: AbortSignal): Promise<void> {
    const { destinations, workflowId, turnUntil, now } = this.settings;
    const hasTurn = turnUntil !== undefined && now() <= turnUntil;
    const clearance = hasTurn
      ? await ours(() => destinations.ask(destination, undefined, workflowId))
      : await this.ask(destination);
    if (clearance.kind === 'clear') return;
    const waitMs = clearance.until - now();
    if (clearance.turnUntil === undefined || waitMs > WORTH_WAITING_MS) throw new StepPostponed(clearance);
    await pause(waitMs, signal);
  }

  private async beforeNext(destination: Destination, signal: AbortSignal): Promise<void> {
    const clearance = await this.ask(destination);
    if (clearance.kind === 'clear') return;
    if (clearance.turnUntil === undefined)
      throw new RetryableError(clearance.reason, { code: 'destination_paused' });
    await pause(clearance.until - this.settings.now(), signal);
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(
      () => {
        signal.removeEventListener('abort', stop);
        resolve();
      },
      Math.max(0, ms),
    );
    signal.addEventListener('abort', stop, { once: true });
  });
}
