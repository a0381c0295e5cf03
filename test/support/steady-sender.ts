import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Sends deliveries at a steady rate and keeps a ledger of those that were answered 2xx. As a good sender does,
 * it sends a delivery again, with the same id, until it is answered so.
 */
export class SteadySender {
  /** Delivery id → event id, as acknowledged. */
  readonly acknowledged = new Map<string, string>();
  /** Answers other than 2xx and connections cut, by kind. */
  readonly troubles = new Map<string, number>();
  private readonly stopping = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  private pacing: Promise<void> | undefined;

  /** @param urls the trigger URL at each api process, taken in turn */
  constructor(
    private readonly urls: readonly string[],
    private readonly perSecond: number,
  ) {}

  start(): void {
    this.pacing = this.pace();
  }

  /** Sends no more and waits until all deliveries are acknowledged. */
  async finish(): Promise<void> {
    this.stopping.abort();
    await this.pacing;
    await Promise.all(this.underWay);
  }

  private async pace(): Promise<void> {
    for (let turn = 0; !this.stopping.signal.aborted; turn += 1) {
      const delivery = this.deliver(turn).finally(() => this.underWay.delete(delivery));
      this.underWay.add(delivery);
      await sleep(1_000 / this.perSecond);
    }
  }

  private async deliver(turn: number): Promise<void> {
    const id = randomUUID();
    for (let attempt = 0; attempt < 300; attempt += 1) {
      const eventId = await this.send(id, turn + attempt);
      if (eventId !== undefined) {
        this.acknowledged.set(id, eventId);
        return;
      }
      await sleep(200);
    }
    throw new Error(`Delivery ${id} was never acknowledged: ${JSON.stringify([...this.troubles])}`);
  }

  private async send(id: string, turn: number): Promise<string | undefined> {
    const url = this.urls[turn % this.urls.length] ?? '';
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': id },
        body: JSON.stringify({ id, padding: 'x'.repeat(500) }),
        signal: AbortSignal.timeout(10_000),
      });
      const answer = (await response.json()) as { eventId?: string };
      if (response.ok && answer.eventId !== undefined) return answer.eventId;
      this.count(String(response.status));
    } catch (error) {
      this.count(error instanceof Error ? error.name : 'unknown');
    }
    return undefined;
  }

  private count(kind: string): void {
    this.troubles.set(kind, (this.troubles.get(kind) ?? 0) + 1);
  }
}
