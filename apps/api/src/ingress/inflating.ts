import { inflateBody } from '@hookloom/payload';
import type { Incoming } from './incoming.js';
import type { MemoryRoom } from './memory-room.js';

/** As many as zlib has threads: more would only hold memory, since nobody knows how large a body becomes. */
const MOST_AT_ONCE = 4;

/**
 * Takes content encodings off, within the room for bodies: a thousand times as large as what was sent, they would
 * otherwise end the process long before the room for uploads is full.
 */
export class Inflating {
  private underWay = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly room: MemoryRoom) {}

  /**
   * Sets the body of `incoming`, or what is wrong with its encoding. Never rejects.
   *
   * @returns bytes taken from the room, which must be given back; `undefined`: no room, nothing was taken
   */
  async inflate(incoming: Incoming, maxBytes: number): Promise<number | undefined> {
    const { contentEncoding, fault, rawBody } = incoming;
    if (contentEncoding === undefined || fault !== undefined) return 0;
    await this.enter();
    try {
      const inflated = await inflateBody(contentEncoding, rawBody, maxBytes);
      if (inflated.kind !== 'plain') {
        incoming.fault = inflated.kind;
        return 0;
      }
      if (inflated.body === rawBody) return 0;
      if (!this.room.take(inflated.body.length)) return undefined;
      incoming.body = inflated.body;
      return inflated.body.length;
    } finally {
      this.leave();
    }
  }

  private async enter(): Promise<void> {
    if (this.underWay < MOST_AT_ONCE) this.underWay += 1;
    else await new Promise<void>((resolve) => this.waiting.push(resolve));
  }

  /** The place goes to whoever waits longest. */
  private leave(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.underWay -= 1;
  }
}
