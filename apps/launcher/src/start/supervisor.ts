import { setTimeout as sleep } from 'node:timers/promises';
import { RoleProcess, type ChildEnd, type RoleProgram } from './role-process.js';

/** A program that ran for this long was well: its next crash starts the pauses anew. */
const WELL_AFTER_MS = 30_000;

export interface SupervisorSettings {
  readonly programs: readonly RoleProgram[];
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  log(message: string): void;
}

/** A role ended before it was ever ready: starting it again would end the same way. It has said why itself. */
export class RoleStartError extends Error {
  readonly code = 'role_start';
  constructor(role: string, end: ChildEnd) {
    super(`Hookloom could not start: its ${role} process ended (${end}); see the lines above.`);
    this.name = 'RoleStartError';
  }
}

/**
 * Runs the programs side by side, passes their bells to one another and starts those again that end unasked.
 * Nothing is held in memory here: work that a killed child had begun is in the database and is taken up from there.
 */
export class Supervisor {
  private readonly running = new Set<RoleProcess>();
  private readonly stopping = new AbortController();
  private readonly watches: Promise<void>[] = [];

  constructor(private readonly settings: SupervisorSettings) {}

  /** Resolves when every program has said that it is ready. @throws RoleStartError */
  async start(): Promise<void> {
    await Promise.all(this.settings.programs.map((program) => this.startFirst(program)));
  }

  /** Asks all to drain, and ends those that still run after `graceMs` or when `hasten` is aborted. */
  async stop(graceMs: number, hasten: AbortSignal): Promise<void> {
    this.stopping.abort();
    for (const child of this.running) child.signal('SIGTERM');
    const enough = AbortSignal.any([hasten, AbortSignal.timeout(graceMs)]);
    const kill = () => this.running.forEach((child) => child.signal('SIGKILL'));
    if (enough.aborted) kill();
    enough.addEventListener('abort', kill);
    await Promise.all([...this.running].map((child) => child.ended));
    await Promise.all(this.watches);
  }

  private async startFirst(program: RoleProgram): Promise<void> {
    const child = this.spawn(program);
    await new Promise<void>((resolve, reject) => {
      child.once('ready', resolve);
      child.once('end', (end) => reject(new RoleStartError(program.role, end)));
    });
    this.watches.push(this.keepRunning(program, child));
  }

  private async keepRunning(program: RoleProgram, first: RoleProcess): Promise<void> {
    let child = first;
    let pauseMs = this.settings.firstPauseMs;
    for (;;) {
      const since = performance.now();
      const end = await child.ended;
      if (this.stopping.signal.aborted) return;
      if (performance.now() - since > WELL_AFTER_MS) pauseMs = this.settings.firstPauseMs;
      this.settings.log(
        `the ${program.role} process ended unexpectedly (${end}); starting it again in ${pauseMs} ms`,
      );
      await sleep(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      if (this.stopping.signal.aborted) return;
      pauseMs = Math.min(pauseMs * 2, this.settings.longestPauseMs);
      child = this.spawn(program);
    }
  }

  private spawn(program: RoleProgram): RoleProcess {
    const child = new RoleProcess(program);
    this.running.add(child);
    child.once('end', () => this.running.delete(child));
    child.on('bell', (bell) => {
      for (const other of this.running) if (other !== child) other.ring(bell);
    });
    return child;
  }
}
