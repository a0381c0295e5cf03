import type { DuePoll, PollFound, PollWork } from '@hookloom/persistence';
import { StepError } from '@hookloom/step-kit';
import { lookOnce, type LookDeps } from './look.js';

/** Looks that one worker has under way at a time. */
const MOST_AT_ONCE = 8;
const LONGEST_LOOK_MS = 60_000;

export interface PollerDeps extends LookDeps {
  readonly work: Pick<PollWork, 'takeDue' | 'finish' | 'fail'>;
  /** Told about events that are on disk. */
  readonly onFound: (poll: DuePoll, found: PollFound) => void;
  /** An error that is ours: the poll is left to its lease and looked at again. */
  readonly onTrouble: (error: unknown) => void;
}

/** Looks at what is due. One that is slow holds up no other. */
export class Poller {
  private readonly inHand = new Set<Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly deps: PollerDeps) {}

  /** Begins looks for which there is room. Every worker calls it about every second. */
  async takeTurn(): Promise<void> {
    const room = MOST_AT_ONCE - this.inHand.size;
    if (room <= 0 || this.stopping.signal.aborted) return;
    for (const poll of await this.deps.work.takeDue(room)) {
      const look = this.look(poll).finally(() => this.inHand.delete(look));
      this.inHand.add(look);
    }
  }

  /** Ends what is under way: nothing of it was stored, and another worker looks again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.settled();
  }

  /** Resolves when no look is under way. */
  async settled(): Promise<void> {
    await Promise.all(this.inHand);
  }

  private async look(poll: DuePoll): Promise<void> {
    const { work } = this.deps;
    const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(LONGEST_LOOK_MS)]);
    try {
      const found = await work.finish(poll, await lookOnce(this.deps, poll, signal));
      if (found.events.length > 0) this.deps.onFound(poll, found);
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      if (!(error instanceof StepError)) return this.deps.onTrouble(error);
      await work.fail(poll, error.message, error.options.retryAfterMs).catch(this.deps.onTrouble);
    }
  }
}
