import { Child, type ChildProgram } from './child.js';
import { FrameWriter, type FrameReader } from './frames.js';
import type { Job } from './job.js';

/** What a worker tells the crew. */
export interface WorkerEvents {
  /** All records of its frame are here. */
  onDone(worker: Worker, jobs: readonly Job[]): void;
  /** It is silent for a while: one job holds up the others. */
  onStuck(worker: Worker): void;
  /** Its process is gone. `isClean`: it ended by itself between two frames. */
  onExit(worker: Worker, isClean: boolean): void;
}

/** Silence after which the jobs behind the one at work are taken elsewhere. */
const STUCK_MS = 60;
/** Beside a job's own time: the pipe, the parent's own event loop, a flush of the child. */
const GRACE_MS = 150;
const BOOT_MS = 10_000;

/**
 * How a frame is worked on. `batched`: answers come together. `careful`: each as soon as it is there, so that the
 * job at work is known. `solo`: a careful frame of one job that is known to take long.
 */
export type FrameMode = 'batched' | 'careful' | 'solo';

/** One child with the frame that it works on. Jobs are answered in order. */
export class Worker {
  idleSince = performance.now();
  sentAt = 0;
  mode: FrameMode = 'batched';
  /** Silent for a while: it no longer counts as one that does ordinary work. */
  isStuck = false;
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
        this.unwatch();
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

  /** Sends a frame. */
  assign(jobs: readonly Job[], mode: FrameMode): void {
    this.frame.byte(mode === 'batched' ? 0 : 1);
    this.frame.number(jobs.length);
    for (const job of jobs) job.write(this.frame);
    this.jobs = jobs;
    this.received = jobs.map(() => 0);
    this.owed = jobs.reduce((sum, { records }) => sum + records, 0);
    this.keptJobs = jobs.length;
    this.mode = mode;
    this.isStuck = false;
    this.fault = 'crashed';
    this.sentAt = performance.now();
    this.child.send(this.frame.finish());
    this.watch();
  }

  /** Jobs that wait for this child. In a careful frame the first of them is the one at work. */
  unanswered(): readonly Job[] {
    return this.jobs.slice(0, this.keptJobs).filter((job, at) => (this.received[at] ?? 0) < job.records);
  }

  /**
   * Hands over the jobs that need not wait for the one at work; what the child still says of them is let go. Of a
   * batched frame that is all: answers may be there that it has not sent.
   */
  giveUp(): readonly Job[] {
    const left = this.unanswered();
    const given = this.mode === 'batched' ? left : left.slice(1);
    const [first] = given;
    if (first) this.keptJobs = this.jobs.indexOf(first);
    return given;
  }

  stop(): void {
    this.unwatch();
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
    this.frame.clear();
    this.idleSince = performance.now();
    this.events.onDone(this, jobs);
  }

  /** First the other jobs are freed, then the child is killed. */
  private watch(): void {
    clearTimeout(this.timer);
    const longest = Math.max(...this.jobs.map(({ timeoutMs }) => timeoutMs));
    if (!this.isBooted) this.after(BOOT_MS, () => this.end());
    else if (this.isStuck) this.after(longest + GRACE_MS, () => this.end());
    else {
      this.after(STUCK_MS, () => {
        this.after(longest + GRACE_MS - STUCK_MS, () => this.end());
        this.isStuck = true;
        this.events.onStuck(this);
      });
    }
  }

  private unwatch(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  /**
   * Acts after a silence. When this process itself stood still, its timers fire before it reads what had come
   * meanwhile: so it reads first.
   */
  private after(silenceMs: number, act: () => void): void {
    const timer = setTimeout(() => {
      setImmediate(() => {
        if (this.timer === timer && this.isBusy) act();
      });
    }, silenceMs);
    this.timer = timer;
  }

  private end(): void {
    this.fault = 'timeout';
    this.child.kill();
  }
}
