import { entryPath, type ChildProgram } from './child.js';
import type { Job } from './job.js';
import { Suspects } from './suspects.js';
import { Worker, type FrameMode, type WorkerEvents } from './worker.js';

/** How many children a crew has and what they run. */
export interface CrewOptions {
  readonly program: ChildProgram;
  /** Children that take ordinary frames; spares come when work shows that they are needed. */
  readonly size: number;
}

const MAX_JOBS = 100;
const MAX_FRAME_BYTES = 4 * 1024 * 1024;
/** A frame under way for longer no longer holds others back: a spare child takes the next. */
const SLOW_FRAME_MS = 20;
/** Beyond the ordinary ones: one for what runs alone, one for when a slow frame holds the others back. */
const SPARES = 2;
/** A child beyond those that are kept leaves when it had nothing to do for so long. */
const SPARE_IDLE_MS = 60_000;

/**
 * Gives jobs to children in frames: what arrives while they are busy is the next frame. When a child is silent for
 * a while its jobs are repeated elsewhere, carefully; one that stays silent is killed, and only the job that it was
 * at fails. Repeating is free of harm: expressions have no effects.
 */
export class Crew implements WorkerEvents {
  private readonly workers = new Set<Worker>();
  private readonly suspects = new Suspects();
  /** Jobs whose child crashed. */
  private readonly crashed = new WeakSet<Job>();
  private readonly queues: Record<FrameMode, Job[]> = { batched: [], careful: [], solo: [] };
  /** Children that stay although they have nothing to do: as many as were asked to be warm. */
  private kept = 0;
  private isScheduled = false;
  private isClosed = false;
  private slowTimer: NodeJS.Timeout | undefined;
  private retireTimer: NodeJS.Timeout | undefined;

  /** @throws Error if the child's program is not built */
  constructor(private readonly options: CrewOptions) {
    entryPath(options.program);
  }

  /** Starts the children that ordinary work needs and keeps them, so that no job waits for a boot. */
  warm(): void {
    this.kept = this.options.size;
    this.fill();
  }

  private fill(): void {
    while (!this.isClosed && this.workers.size < this.kept) this.hire();
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
    this.queues[this.isSuspect(job) ? 'solo' : 'batched'].push(job);
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
    const waiting = Object.values(this.queues).flat();
    for (const worker of this.workers) {
      waiting.push(...worker.unanswered());
      worker.stop();
    }
    this.workers.clear();
    for (const job of waiting) job.fail('closed');
  }

  onDone(worker: Worker, jobs: readonly Job[]): void {
    // While there is work a spare stands by, so that a stuck frame's jobs need not wait for a boot.
    if (this.workers.size === this.options.size) this.hire();
    if (this.workers.size > this.kept) this.retireTimer ??= this.retireLater();
    this.schedule();
    const isQuick = performance.now() - worker.sentAt < SLOW_FRAME_MS;
    if (worker.mode === 'solo' && isQuick) for (const { sources } of jobs) this.suspects.clear(sources);
  }

  onStuck(worker: Worker): void {
    const rest = worker.giveUp();
    const [atWork] = worker.unanswered();
    if (atWork) this.suspect(atWork.sources);
    this.repeat(rest);
  }

  onExit(worker: Worker, isClean: boolean): void {
    if (!this.workers.delete(worker)) return;
    const left = worker.unanswered();
    const [atWork] = left;
    if (atWork && !isClean && worker.mode !== 'batched') {
      this.suspect(atWork.sources);
      // A first crash may be the machine's: only one that comes again is the expression's own.
      if (worker.fault === 'timeout' || this.crashed.has(atWork)) atWork.fail(worker.fault);
      else this.crashed.add(atWork);
    }
    // A child that dies before it is ready would die again: the next is started only for work that waits.
    if (worker.isReady) this.fill();
    this.repeat(left);
  }

  private repeat(jobs: readonly Job[]): void {
    for (const job of jobs)
      if (!job.isAnswered()) this.queues[this.isSuspect(job) ? 'solo' : 'careful'].push(job);
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
    const isSoloBusy = [...this.workers].some(({ isBusy, mode }) => isBusy && mode === 'solo');
    if (!isSoloBusy) this.send('solo', 1);
    // What is repeated has waited longest.
    while (this.hasRoom() && (this.send('careful', MAX_JOBS) || this.send('batched', MAX_JOBS)));
    const isWaiting = Object.values(this.queues).some(({ length }) => length > 0);
    if (isWaiting) this.slowTimer ??= this.tryAgainSoon();
  }

  /** Whether a frame was sent. */
  private send(mode: FrameMode, maxJobs: number): boolean {
    this.queues[mode] = this.queues[mode].filter((job) => !job.isAnswered());
    const worker = this.queues[mode].length > 0 ? this.idleWorker() : undefined;
    if (!worker) return false;
    const jobs = takeFrame(this.queues[mode], maxJobs);
    worker.assign(jobs, mode === 'batched' && jobs.length === 1 ? 'careful' : mode);
    return true;
  }

  /** One frame for each ordinary child, and one more while these are slow. */
  private hasRoom(): boolean {
    const busy = [...this.workers].filter(
      ({ isBusy, mode, isStuck }) => isBusy && mode !== 'solo' && !isStuck,
    );
    if (busy.length < this.options.size) return true;
    const slowSince = performance.now() - SLOW_FRAME_MS;
    return busy.length === this.options.size && busy.every(({ sentAt }) => sentAt <= slowSince);
  }

  /** A spare may be needed although nothing else happens. */
  private tryAgainSoon(): NodeJS.Timeout {
    return setTimeout(() => {
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
      if (this.workers.size <= this.kept) return;
      if (worker.isBusy || worker.idleSince > idleSince) continue;
      this.workers.delete(worker);
      worker.stop();
    }
    if (this.workers.size > this.kept) this.retireTimer = this.retireLater();
  }
}

/** Takes jobs off a queue's front, one at least, up to the bounds of a frame. */
function takeFrame(queue: Job[], maxJobs: number): readonly Job[] {
  let bytes = 0;
  const end = queue.findIndex((job, at) => {
    bytes += job.bytes;
    return at === maxJobs || (at > 0 && bytes > MAX_FRAME_BYTES);
  });
  return queue.splice(0, end < 0 ? queue.length : end);
}
