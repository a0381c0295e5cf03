import { entryPath, type ChildProgram } from './child.js';
import type { Job } from './job.js';
import { Suspects } from './suspects.js';
import { Worker, type WorkerEvents } from './worker.js';

/** How many children a crew has and what they run. */
export interface CrewOptions {
  readonly program: ChildProgram;
  /** Children that take ordinary frames; spares come when work shows that they are needed. */
  readonly size: number;
}

const MAX_JOBS_PER_FRAME = 100;
const MAX_BYTES_PER_FRAME = 4 * 1024 * 1024;
/** A frame under way for longer no longer holds others back: a spare child takes the next. */
const SLOW_FRAME_MS = 20;
/** Beyond the ordinary ones: one for what runs alone, one for when a slow frame holds the others back. */
const SPARES = 2;
/** A spare that had nothing to do for so long is let go. */
const SPARE_IDLE_MS = 60_000;

/**
 * Gives jobs to children in frames: what arrives while they are busy is the next frame. Jobs behind one that
 * takes long are moved to another child; a child that is silent for too long is killed, and the job it was at
 * is repeated alone, so that only the guilty one fails.
 */
export class Crew implements WorkerEvents {
  private readonly workers = new Set<Worker>();
  private readonly suspects = new Suspects();
  private queue: Job[] = [];
  /** Jobs that run alone. */
  private solo: Job[] = [];
  private isScheduled = false;
  private isClosed = false;
  private slowTimer: NodeJS.Timeout | undefined;
  private retireTimer: NodeJS.Timeout | undefined;

  /** @throws Error if the child's program is not built */
  constructor(private readonly options: CrewOptions) {
    entryPath(options.program);
  }

  /** Starts the children that ordinary work needs, so that the first job does not wait for a boot. */
  warm(): void {
    while (!this.isClosed && this.workers.size < this.options.size) this.hire();
  }

  /** Whether a job given now could start at once. */
  get isReady(): boolean {
    return [...this.workers].some((worker) => worker.isReady);
  }

  /** Processes at work, for those who watch them. */
  get pids(): readonly number[] {
    return [...this.workers].flatMap(({ pid }) => pid ?? []);
  }

  submit(job: Job): void {
    (this.isSuspect(job) ? this.solo : this.queue).push(job);
    this.schedule();
  }

  /** From now on these sources run alone for a while. */
  suspect(sources: readonly string[]): void {
    this.suspects.add(sources, performance.now());
  }

  close(): void {
    this.isClosed = true;
    clearTimeout(this.slowTimer);
    clearTimeout(this.retireTimer);
    const waiting = [...this.queue, ...this.solo];
    for (const worker of this.workers) {
      const { atWork, behind } = worker.unanswered();
      waiting.push(...(atWork ? [atWork] : []), ...behind);
      worker.stop();
    }
    this.workers.clear();
    for (const job of waiting) job.fail('closed');
  }

  onDone(worker: Worker, jobs: readonly Job[]): void {
    if (this.workers.size > this.options.size) this.retireTimer ??= this.retireLater();
    this.schedule();
    if (!worker.isSolo) return;
    // What was done quickly on its own did no harm: it was a neighbour's fault.
    const isQuick = performance.now() - worker.sentAt < SLOW_FRAME_MS;
    if (isQuick) for (const { sources } of jobs) this.suspects.clear(sources);
  }

  onStuck(worker: Worker): void {
    this.repeat(worker.giveUpRest());
  }

  onExit(worker: Worker, isClean: boolean): void {
    if (!this.workers.delete(worker)) return;
    const { atWork, behind } = worker.unanswered();
    if (atWork && isClean) this.queue.unshift(atWork);
    else if (atWork) this.punish(atWork, worker);
    // A child that dies before it is ready would die again: the next is started only for work that waits.
    if (worker.isReady) this.warm();
    this.repeat(behind);
  }

  private punish(job: Job, worker: Worker): void {
    this.suspect(job.sources);
    if (worker.isSolo) job.fail(worker.fault);
    else if (!job.isAnswered()) this.solo.push(job);
  }

  /** Before all others: they have waited longest. */
  private repeat(jobs: readonly Job[]): void {
    const open = jobs.filter((job) => !job.isAnswered());
    this.solo.push(...open.filter((job) => this.isSuspect(job)));
    this.queue.unshift(...open.filter((job) => !this.isSuspect(job)));
    this.schedule();
  }

  private isSuspect(job: Job): boolean {
    return this.suspects.has(job.sources, performance.now());
  }

  /** At the end of this turn of the event loop, so that all that arrives in it shares a frame. */
  private schedule(): void {
    if (this.isScheduled || this.isClosed) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      if (!this.isClosed) this.dispatch();
    });
  }

  private dispatch(): void {
    this.solo = this.solo.filter((job) => !job.isAnswered());
    const isAlone = [...this.workers].some(({ isBusy, isSolo }) => isBusy && isSolo);
    const worker = this.solo.length > 0 && !isAlone ? this.idleWorker() : undefined;
    if (worker) worker.assign(this.solo.splice(0, 1), true);
    this.dispatchOrdinary();
  }

  private dispatchOrdinary(): void {
    while (this.queue.length > 0) {
      const worker = this.hasRoom() ? this.idleWorker() : undefined;
      if (!worker) return this.tryAgainSoon();
      const jobs = this.takeFrame();
      if (jobs.length > 0) worker.assign(jobs, false);
    }
  }

  /** One frame for each ordinary child, and one more while these are slow. */
  private hasRoom(): boolean {
    const busy = [...this.workers].filter(({ isBusy, isSolo }) => isBusy && !isSolo);
    if (busy.length < this.options.size) return true;
    const slowSince = performance.now() - SLOW_FRAME_MS;
    return busy.length === this.options.size && busy.every(({ sentAt }) => sentAt <= slowSince);
  }

  /** A spare may be needed although nothing else happens. */
  private tryAgainSoon(): void {
    this.slowTimer ??= setTimeout(() => {
      this.slowTimer = undefined;
      if (!this.isClosed) this.dispatch();
    }, SLOW_FRAME_MS);
  }

  /** An idle child, a booted one first; else a new one, while there are fewer than may be. */
  private idleWorker(): Worker | undefined {
    const idle = [...this.workers].filter(({ isBusy }) => !isBusy);
    const ready = idle.find(({ isReady }) => isReady) ?? idle[0];
    return ready ?? (this.workers.size < this.options.size + SPARES ? this.hire() : undefined);
  }

  private hire(): Worker {
    const worker = new Worker(this.options.program, this);
    this.workers.add(worker);
    return worker;
  }

  private takeFrame(): readonly Job[] {
    this.queue = this.queue.filter((job) => !job.isAnswered());
    let bytes = 0;
    const end = this.queue.findIndex((job, at) => {
      bytes += job.bytes;
      return at === MAX_JOBS_PER_FRAME || (at > 0 && bytes > MAX_BYTES_PER_FRAME);
    });
    return this.queue.splice(0, end < 0 ? this.queue.length : end);
  }

  private retireLater(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.retireTimer = undefined;
      this.retireSpares();
    }, SPARE_IDLE_MS);
    return timer.unref();
  }

  private retireSpares(): void {
    const idleSince = performance.now() - SPARE_IDLE_MS;
    for (const worker of this.workers) {
      if (this.workers.size <= this.options.size) return;
      if (worker.isBusy || worker.idleSince > idleSince) continue;
      this.workers.delete(worker);
      worker.stop();
    }
    if (this.workers.size > this.options.size) this.retireTimer = this.retireLater();
  }
}
