/** One thing that must work before a request can be stored. Resolves to a reason when it does not. */
export type ReadinessProbe = () => Promise<string | undefined>;

const PROBE_LIMIT_MS = 2_000;

/** Whether a request could be stored now; never again once the process stops. */
export class Readiness {
  private stopping = false;
  private readonly probes: ReadinessProbe[] = [];
  private readonly atStop: (() => void)[] = [];

  /** Done at once when the process is told to stop. */
  onStop(act: () => void): void {
    this.atStop.push(act);
  }

  addProbe(probe: ReadinessProbe): void {
    this.probes.push(probe);
  }

  /** The process drains: whoever balances load must send nothing more. */
  beginStop(): void {
    this.stopping = true;
    for (const act of this.atStop) act();
  }

  get isStopping(): boolean {
    return this.stopping;
  }

  /** Why nothing can be stored; empty when all is well. Never rejects, and answers within two seconds. */
  async findReasons(): Promise<string[]> {
    if (this.stopping) return ['stopping'];
    const answers = await Promise.all(this.probes.map((probe) => withinLimit(probe)));
    return answers.filter((reason) => reason !== undefined);
  }
}

async function withinLimit(probe: ReadinessProbe): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('no answer in time'), PROBE_LIMIT_MS);
  });
  try {
    return await Promise.race([probe().catch(() => 'not reachable'), late]);
  } finally {
    clearTimeout(timer);
  }
}
