import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 8 * 512;

/**
 * Makes UUIDv7 ids (RFC 9562) that grow within the process: a 12-bit counter follows the millisecond, and a
 * clock that steps back does not take the ids with it.
 */
export class UuidV7Generator {
  private readonly pool = Buffer.allocUnsafe(POOL_BYTES);
  private used = POOL_BYTES;
  private lastMs = 0;
  private counter = 0;

  /** @param now epoch milliseconds */
  next(now: number): string {
    this.advance(Math.floor(now));
    const time = this.lastMs.toString(16).padStart(12, '0');
    const count = this.counter.toString(16).padStart(3, '0');
    const random = this.random();
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${random.slice(0, 4)}-${random.slice(4)}`;
  }

  private advance(ms: number): void {
    if (ms > this.lastMs) {
      this.lastMs = ms;
      this.counter = 0;
      return;
    }
    this.counter += 1;
    if (this.counter > 0xfff) {
      this.lastMs += 1;
      this.counter = 0;
    }
  }

  /** 8 random bytes with the variant bits set, as hexadecimal digits. */
  private random(): string {
    if (this.used >= POOL_BYTES) {
      randomFillSync(this.pool);
      this.used = 0;
    }
    const at = this.used;
    this.used += 8;
    this.pool[at] = ((this.pool[at] ?? 0) & 0x3f) | 0x80;
    return this.pool.toString('hex', at, at + 8);
  }
}
