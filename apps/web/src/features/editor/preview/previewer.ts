import type { PreviewedSetting } from '@hookloom/expressions/preview';
import type { PreviewAnswer, PreviewReply, PreviewRequest } from './preview-messages.js';

/** A running evaluation stops itself after this, between two of its own steps. */
const SOFT_LIMIT_MS = 200;
/** One that is blocked inside a single call is killed with its worker. */
const HARD_LIMIT_MS = 2_000;

/** The part of a `Worker` that previews need. */
export interface PreviewWorker {
  post(request: PreviewRequest): void;
  terminate(): void;
}

/** Hears what a worker says; `onCrash`: it will answer nothing more. */
export interface WorkerEars {
  readonly onReply: (reply: PreviewReply) => void;
  readonly onCrash: () => void;
}

/** `stopped`: nothing came within the hard limit. `superseded`: a newer question of the same asker took its place. */
export type PreviewOutcome = PreviewAnswer | 'stopped' | 'superseded';

interface Job {
  readonly asker: symbol;
  readonly setting: PreviewedSetting;
  readonly resolve: (outcome: PreviewOutcome) => void;
}

/** Evaluates settings one at a time in a worker that is started when needed and killed when it hangs. */
export class Previewer {
  private worker: PreviewWorker | undefined;
  private scopeJson = '{}';
  private readonly waiting = new Map<symbol, Job>();
  private current:
    { readonly id: number; readonly job: Job; readonly timer: ReturnType<typeof setTimeout> } | undefined;
  private lastId = 0;

  constructor(private readonly start: (ears: WorkerEars) => PreviewWorker) {}

  /** The sample that later questions are about, as JSON text. */
  setScope(json: string): void {
    if (json === this.scopeJson) return;
    this.scopeJson = json;
    this.worker?.post({ kind: 'scope', json });
  }

  /** @param asker of each only the newest question is answered */
  ask(asker: symbol, setting: PreviewedSetting): Promise<PreviewOutcome> {
    this.waiting.get(asker)?.resolve('superseded');
    return new Promise((resolve) => {
      this.waiting.delete(asker);
      this.waiting.set(asker, { asker, setting, resolve });
      this.next();
    });
  }

  close(): void {
    for (const job of this.waiting.values()) job.resolve('superseded');
    this.waiting.clear();
    this.finish('superseded');
    this.stopWorker();
  }

  private next(): void {
    const [job] = this.waiting.values();
    if (this.current || job === undefined) return;
    this.waiting.delete(job.asker);
    const id = (this.lastId += 1);
    this.current = { id, job, timer: setTimeout(() => this.giveUp(), HARD_LIMIT_MS) };
    this.runningWorker().post({ kind: 'ask', id, setting: job.setting, timeoutMs: SOFT_LIMIT_MS });
  }

  private runningWorker(): PreviewWorker {
    if (this.worker) return this.worker;
    const worker = this.start({
      onReply: ({ id, answer }) => {
        if (id === this.current?.id) this.finish(answer);
      },
      onCrash: () => {
        if (worker === this.worker) this.giveUp();
      },
    });
    this.worker = worker;
    worker.post({ kind: 'scope', json: this.scopeJson });
    return worker;
  }

  private giveUp(): void {
    this.stopWorker();
    this.finish('stopped');
  }

  private finish(outcome: PreviewOutcome): void {
    const { current } = this;
    if (current === undefined) return;
    clearTimeout(current.timer);
    this.current = undefined;
    // What was asked meanwhile by the same asker makes this answer an old one.
    current.job.resolve(this.waiting.has(current.job.asker) ? 'superseded' : outcome);
    this.next();
  }

  private stopWorker(): void {
    this.worker?.terminate();
    this.worker = undefined;
  }
}

/** Starts the real worker; everything else here is free of it. */
export function startPreviewWorker({ onReply, onCrash }: WorkerEars): PreviewWorker {
  const worker = new Worker(new URL('./preview.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<PreviewReply>) => onReply(event.data));
  worker.addEventListener('error', onCrash);
  return { post: (request) => worker.postMessage(request), terminate: () => worker.terminate() };
}
