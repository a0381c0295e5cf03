import type { LiveMessage } from '@hookloom/contracts';

/** Rings when runs are due. It may lose any ring: Postgres is the truth, and workers look there by themselves too. */
export interface Bell {
  /** Call after the commit. Rings of a few milliseconds become one. Never throws, never waits. */
  ring(runIds: readonly string[]): void;
  /** Told that something may be due; after a broken connection too, since a ring may have been lost. */
  onRing(listener: () => void): () => void;
  close(): Promise<void>;
}

/** Carries changes to every process that serves the live stream. Losing one costs freshness, never truth. */
export interface LiveChannel {
  /** Gathers for a few milliseconds. Never throws, never waits. */
  publish(message: LiveMessage): void;
  /** Hears what this process publishes as well. */
  subscribe(listener: (message: LiveMessage) => void): () => void;
  close(): Promise<void>;
}

/** A parent process that passes messages to its other children. */
export interface ProcessChannel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
}

/** What carries rings and changes; the first one given is taken: Redis, the parent process, Postgres. */
export interface DispatchOptions {
  readonly redisUrl?: string | undefined;
  readonly ipc?: ProcessChannel | undefined;
  readonly databaseUrl: string;
  /** Told about every broken connection; they come back by themselves. */
  readonly onError?: (error: Error) => void;
}
