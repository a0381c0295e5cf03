import { randomUUID } from 'node:crypto';
import type { ApiProcessesRepository } from '@hookloom/persistence';

const BEAT_MS = 5_000;

/** How many api processes live, at most a few seconds old. While the database is away the last count stays. */
export class ApiProcesses {
  private readonly id = randomUUID();
  private living = 1;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly processes: Pick<ApiProcessesRepository, 'beat' | 'leave'>) {}

  get count(): number {
    return this.living;
  }

  /** Counts once and goes on until `stop`. @throws if the database cannot be reached */
  async start(): Promise<void> {
    await this.beat();
    this.timer = setInterval(() => void this.beat().catch(() => undefined), BEAT_MS).unref();
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.processes.leave(this.id).catch(() => undefined);
  }

  private async beat(): Promise<void> {
    this.living = await this.processes.beat(this.id);
  }
}
