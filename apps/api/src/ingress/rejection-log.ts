import { LIMITS } from '@hookloom/contracts';
import type { AcceptWriter, RecordedEvent } from '@hookloom/persistence';

const MINUTE_MS = 60_000;
/** A sender that is refused waits this long for its line in the log, no longer. */
const LONGEST_WAIT_MS = 1_000;

export interface RejectionLogOptions {
  readonly writer: Pick<AcceptWriter, 'record'>;
  /** How many api processes share the bound at this moment. */
  readonly processes: () => number;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/**
 * Stores refused requests and handshakes up to LIMITS.rejectedPerMinute an endpoint: anybody can send them, so
 * they must not fill the disk. Each api process takes its share of the bound.
 */
export class RejectionLog {
  private counts = new Map<string, number>();
  private minute = 0;

  constructor(private readonly options: RejectionLogOptions) {}

  /**
   * Stores what `toEvent` makes, unless this minute is full.
   *
   * @returns the event's id; `undefined` when it was only counted or could not be stored in time. Never rejects.
   */
  async record(endpointId: string, toEvent: () => RecordedEvent): Promise<string | undefined> {
    if (!this.take(endpointId)) return undefined;
    const event = toEvent();
    const stored = this.options.writer.record(event).then(
      () => event.id,
      () => undefined,
    );
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = setTimeout(() => resolve(undefined), LONGEST_WAIT_MS);
    });
    const id = await Promise.race([stored, late]);
    clearTimeout(timer);
    return id;
  }

  private take(endpointId: string): boolean {
    const minute = Math.floor(this.options.now() / MINUTE_MS);
    if (minute !== this.minute) {
      this.minute = minute;
      this.counts = new Map();
    }
    const count = this.counts.get(endpointId) ?? 0;
    const share = Math.ceil(LIMITS.rejectedPerMinute / Math.max(1, this.options.processes()));
    if (count >= share) return false;
    this.counts.set(endpointId, count + 1);
    return true;
  }
}
