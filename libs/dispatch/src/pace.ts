/** Rings and changes leave at most this often from one process: NOTIFY makes commits wait for one another. */
export const PACE_MS = 5;

/** Calls `act` at once, then at most once in `PACE_MS` however often it is asked. */
export class Pace {
  private timer: NodeJS.Timeout | undefined;
  private isAsked = false;

  constructor(private readonly act: () => void) {}

  ask(): void {
    if (this.timer) {
      this.isAsked = true;
      return;
    }
    this.timer = setTimeout(() => this.next(), PACE_MS);
    this.act();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.isAsked = false;
  }

  private next(): void {
    this.timer = undefined;
    if (!this.isAsked) return;
    this.isAsked = false;
    this.ask();
  }
}
