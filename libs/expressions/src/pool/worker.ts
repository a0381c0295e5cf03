import { Child, type ChildProgram } from './child.js';
import { FrameWriter, type FrameReader } from './frames.js';
import type { Job } from './job.js';

/** What a worker tells the crew. */
export interface WorkerEvents {
  /** All records of its frame are here. */
  onDone(worker: Worker, jobs: readonly Job[]): void;
  /** It is silent for a while: one job holds up those behind it. */
  onStuck(worker: Worker): void;
  /** Its process is gone. `isClean`: it ended by itself between two frames. */
  onExit(worker: Worker, isClean: boolean): void;
}

/** Silence after which the jobs behind the one at work are taken elsewhere. */
const STUCK_MS = 60;
/** Beside a job's own time: the pipe, the parent's own event loop, a flush of the child. */
const GRACE_MS = 150;
const BOOT_MS = 10_000;

/** One child with the frame that it works on. Jobs are answered in order. */
export class Worker {
  idleSince = performance.now();
  sentAt = 0;
  /** Whether its frame is one job that runs alone. */
  isSolo = false;
  /** What its death would mean for the job at work. */
  fault: 'timeout' | 'crashed' = 'crashed';
  private jobs: readonly Job[] = [];
  /** Records received, by job. */
  private received: number[] = [];
  /** Records that the child still owes. */
  private owed = 0;
  /** Jobs from this number on are done elsewhere. */
  private keptJobs = 0;
  private isBooted = false;
  private timer: NodeJS.Timeout | undefined;
  private readonly frame = new FrameWriter();
  private readonly child: Child;

  constructor(
    program: ChildProgram,
    private readonly events: WorkerEvents,
  ) {
    this.child = new Child(program, {
      onReady: () => {
        this.isBooted = true;
        if (this.isBusy) this.watch();
      },
      onRecord: (job, record) => this.accept(job, record),
      onProgress: () => this.progress(),
      onExit: (isClean) => {
        clearTimeout(this.timer);
        events.onExit(this, isClean);
      },
    });
  }

  get isReady(): boolean {
    return this.isBooted;
  }

  get isBusy(): boolean {
    return this.jobs.length > 0;
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Sends a frame. The last one is answered, so its memory is free. */
  assign(jobs: readonly Job[], isSolo: boolean): void {
    this.frame.clear();
    this.frame.byte(isSolo ? 1 : 0);
    this.frame.number(jobs.length);
    for (const job of jobs) job.write(this.frame);
    this.jobs = jobs;
    this.received = jobs.map(() => 0);
    this.owed = jobs.reduce((sum, { records }) => sum + records, 0);
    this.keptJobs = jobs.length;
    this.isSolo = isSolo;
    this.fault = 'crashed';
    this.sentAt = performance.now();
    this.child.send(this.frame.finish());
    this.watch();
  }

  /** The job at work, and those behind it that nobody else has taken. */
  unanswered(): { readonly atWork: Job | undefined; readonly behind: readonly Job[] } {
    const first = this.jobs.findIndex((job, at) => (this.received[at] ?? 0) < job.records);
    if (first < 0) return { atWork: undefined, behind: [] };
    return { atWork: this.jobs[first], behind: this.jobs.slice(first + 1, this.keptJobs) };
  }

  /** Hands over the jobs behind the one at work; what the child still says of them is let go. */
  giveUpRest(): readonly Job[] {
    const { behind } = this.unanswered();
    this.keptJobs -= behind.length;
    return behind;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.child.kill();
  }

  private accept(job: number, record: FrameReader): void {
    this.owed -= 1;
    this.received[job] = (this.received[job] ?? 0) + 1;
    if (job < this.keptJobs) this.jobs[job]?.accept(record);
  }

  private progress(): void {
    if (!this.isBusy) return;
    if (this.owed > 0) return this.watch();
    clearTimeout(this.timer);
    const { jobs } = this;
    this.jobs = [];
    this.idleSince = performance.now();
    this.events.onDone(this, jobs);
  }

  /** First those behind are freed, then the child is killed. */
  private watch(): void {
    clearTimeout(this.timer);
    const allowedMs = this.isBooted
      ? Math.max(...this.jobs.map(({ timeoutMs }) => timeoutMs)) + GRACE_MS
      : BOOT_MS;
    if (!this.isBooted || this.keptJobs < 2) {
      this.timer = setTimeout(() => this.giveUp(), allowedMs);
      return;
    }
    this.timer = setTimeout(() => {
      this.timer = setTimeout(() => this.giveUp(), Math.max(0, allowedMs - STUCK_MS));
      this.events.onStuck(this);
    }, STUCK_MS);
  }

  private giveUp(): void {
    this.fault = 'timeout';
    this.child.kill();
  }
}
