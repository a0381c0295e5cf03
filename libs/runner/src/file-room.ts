/** A part of the room, until it is given back. */
export interface Place {
  /** Takes more without waiting: who holds some already would wait for others that wait for it. */
  grow(bytes: number): void;
  leave(): void;
}

interface Waiting {
  readonly bytes: number;
  readonly enter: () => void;
}

/**
 * Bytes that the steps of one worker may hold at once. Who finds no room waits, first come, first served; one alone
 * is always let in.
 */
export class FileRoom {
  private used = 0;
  private readonly waiting: Waiting[] = [];

  constructor(private readonly maxBytes: number) {}

  /** Resolves when there is room. @throws the signal's reason */
  async enter(bytes: number, signal: AbortSignal): Promise<Place> {
    signal.throwIfAborted();
    if (this.waiting.length > 0 || !this.fits(bytes)) await this.turn(bytes, signal);
    else this.used += bytes;
    return this.placeOf(bytes);
  }

  private placeOf(bytes: number): Place {
    let held = bytes;
    return {
      grow: (more) => {
        held += more;
        this.used += more;
      },
      leave: () => {
        this.used -= held;
        held = 0;
        this.letIn();
      },
    };
  }

  private turn(bytes: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        this.waiting.splice(this.waiting.indexOf(waiting), 1);
        reject(signal.reason);
        this.letIn();
      };
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const waiting = { bytes, enter };
      this.waiting.push(waiting);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  private letIn(): void {
    for (let next = this.waiting[0]; next && this.fits(next.bytes); next = this.waiting[0]) {
      this.waiting.shift();
      this.used += next.bytes;
      next.enter();
    }
  }

  private fits(bytes: number): boolean {
    return this.used === 0 || this.used + bytes <= this.maxBytes;
  }
}
