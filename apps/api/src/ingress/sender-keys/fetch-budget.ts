const MINUTE_MS = 60_000;

/** Bounds how often a sender's key server is asked: requests choose what is fetched, and anybody can send requests. */
export class FetchBudget {
  private readonly spent = new Map<object, { minute: number; count: number }>();

  constructor(
    private readonly perMinute: number,
    private readonly now: () => number,
  ) {}

  /** @param owner whose budget it is; one object of the catalogue for each, so their number is bounded */
  take(owner: object): boolean {
    const minute = Math.floor(this.now() / MINUTE_MS);
    const spent = this.spent.get(owner);
    const count = spent?.minute === minute ? spent.count + 1 : 1;
    if (count > this.perMinute) return false;
    this.spent.set(owner, { minute, count });
    return true;
  }
}
