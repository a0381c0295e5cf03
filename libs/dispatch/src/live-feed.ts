import type { LiveMessage } from '@hookloom/contracts';
import type { LiveChannel } from './ports.js';

/** A watcher says again that it watches. */
const SAY_AGAIN_MS = 4_000;
/** A project that nobody has said to watch for this long is not told about. */
const WATCHED_MS = 10_000;

/**
 * Changes of the projects that somebody watches. Thousands of runs a second change while nobody looks: nothing
 * of that leaves the process, since watchers make themselves known on the same channel.
 */
export class LiveFeed {
  /** Until when a project is watched, by this process's monotonic clock. */
  private readonly watchedUntil = new Map<string, number>();
  private readonly stopHearing: () => void;

  constructor(private readonly channel: LiveChannel) {
    this.stopHearing = channel.subscribe((message) => {
      if (message.kind === 'watch') this.watchedUntil.set(message.projectId, performance.now() + WATCHED_MS);
    });
  }

  /** Never throws, never waits; costs next to nothing when nobody watches. */
  publish(message: LiveMessage): void {
    const until = this.watchedUntil.get(message.projectId);
    if (until === undefined) return;
    if (until > performance.now()) this.channel.publish(message);
    else this.watchedUntil.delete(message.projectId);
  }

  /** Tells all processes, whoever watches: for what one of them waits for. */
  tell(message: LiveMessage): void {
    this.channel.publish(message);
  }

  /** Hears of requests that may be answered now. @returns how to stop */
  onAnswered(listener: (eventId: string) => void): () => void {
    return this.channel.subscribe((message) => {
      if (message.kind === 'answered') listener(message.eventId);
    });
  }

  /** Hears of runs that a person wants to end. @returns how to stop */
  onCancel(listener: (runId: string) => void): () => void {
    return this.channel.subscribe((message) => {
      if (message.kind === 'cancel') listener(message.runId);
    });
  }

  /** Tells `listener` about changes of one project, a moment after this call. @returns how to stop */
  watch(projectId: string, listener: (message: LiveMessage) => void): () => void {
    const say = (): void => this.channel.publish({ kind: 'watch', projectId });
    const stopListening = this.channel.subscribe((message) => {
      if (message.projectId === projectId && (message.kind === 'run' || message.kind === 'event'))
        listener(message);
    });
    const timer = setInterval(say, SAY_AGAIN_MS);
    timer.unref();
    say();
    return () => {
      clearInterval(timer);
      stopListening();
    };
  }

  async close(): Promise<void> {
    this.stopHearing();
    await this.channel.close();
  }
}
