import { migrate } from '@hookloom/persistence';
import type { Logger } from '../logging/logger.js';

/** Not reachable yet: a database that starts beside this process needs a moment. */
const NOT_YET = /^(ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P03|53300)$/;
/** Reached, and it said no: waiting would not help. */
const REFUSED = /^(28000|28P01|3D000|42501)$/;
const PATIENCE_MS = 30_000;
const PAUSE_MS = 500;

/** The database cannot be used; the message says what to do. */
export class DatabaseUnusableError extends Error {
  readonly code = 'database_unusable';
  constructor(message: string, options: { cause: unknown }) {
    super(message, options);
    this.name = 'DatabaseUnusableError';
  }
}

/**
 * Waits up to half a minute for the database and brings it to this release's schema.
 *
 * @throws DatabaseUnusableError if it cannot be reached or refuses us
 */
export async function openDatabase(
  databaseUrl: string,
  logger: Logger,
  patienceMs = PATIENCE_MS,
): Promise<void> {
  const { host, pathname } = new URL(databaseUrl);
  const deadline = performance.now() + patienceMs;
  for (let tries = 1; ; tries += 1) {
    try {
      return await migrate(databaseUrl);
    } catch (error) {
      const code = codeOf(error);
      if (REFUSED.test(code)) {
        const words = error instanceof Error ? error.message : '';
        throw new DatabaseUnusableError(
          `The database at ${host} refuses us: ${words}. Correct DATABASE_URL.`,
          {
            cause: error,
          },
        );
      }
      if (!NOT_YET.test(code)) throw error;
      if (performance.now() > deadline) {
        const message = `The database at ${host}${pathname} cannot be reached (${code}). Start it, or correct DATABASE_URL.`;
        throw new DatabaseUnusableError(message, { cause: error });
      }
      if (tries === 1) logger.warn({ host, code }, 'waiting for the database');
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
