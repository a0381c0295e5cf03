/**
 * Answers kept for a short while, so that a burst of runs asks the database once. A failed load is forgotten
 * at once; callers who came meanwhile share its error.
 */
export class Remembered<T> {
  private readonly known = new Map<string, { readonly value: Promise<T>; readonly until: number }>();

  /** @param keepMs how long an answer may be used, milliseconds */
  constructor(
    private readonly keepMs: number,
    private readonly maxEntries: number,
  ) {}

  get(key: string, load: () => Promise<T>): Promise<T> {
    const now = performance.now();
    const known = this.known.get(key);
    if (known && known.until > now) return known.value;
    const value = load();
    this.known.delete(key);
    this.known.set(key, { value, until: now + this.keepMs });
    value.catch(() => this.known.delete(key));
    this.forgetOldest();
    return value;
  }

  private forgetOldest(): void {
    if (this.known.size <= this.maxEntries) return;
    const oldest = this.known.keys().next();
    if (!oldest.done) this.known.delete(oldest.value);
  }
}
