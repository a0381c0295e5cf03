/**
 * Bytes that all requests of this process may hold at once: uploads, and bodies that wait for the database.
 * Without it a few hundred large uploads, or a database away for seconds, would end the process.
 */
export class MemoryRoom {
  private used = 0;

  constructor(private readonly maxBytes: number) {}

  /** @returns false when full: then nothing was taken */
  take(bytes: number): boolean {
    if (this.used + bytes > this.maxBytes) return false;
    this.used += bytes;
    return true;
  }

  give(bytes: number): void {
    this.used -= bytes;
  }
}
