const REMEMBERED_MS = 60_000;
const MAX_REMEMBERED = 1_000;

/** Remembers sources that ran too long or killed a child: they run alone, so that others do not wait for them. */
export class Suspects {
  private readonly until = new Map<string, number>();

  add(sources: readonly string[], now: number): void {
    for (const source of sources) {
      this.until.delete(source);
      this.until.set(source, now + REMEMBERED_MS);
    }
    for (const source of this.until.keys()) {
      if (this.until.size <= MAX_REMEMBERED) break;
      this.until.delete(source);
    }
  }

  /** They have shown that they do no harm. */
  clear(sources: readonly string[]): void {
    for (const source of sources) this.until.delete(source);
  }

  has(sources: readonly string[], now: number): boolean {
    if (this.until.size === 0) return false;
    return sources.some((source) => (this.until.get(source) ?? 0) > now);
  }
}
