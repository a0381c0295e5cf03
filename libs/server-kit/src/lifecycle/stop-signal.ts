import type { Logger } from '../logging/logger.js';

/** The whole stop must fit into 30 s (contract); what is not done by then will not be. */
const LONGEST_STOP_MS = 29_000;

/**
 * Runs `stop` once at SIGTERM, SIGINT or when the parent process goes away, then ends the process:
 * code 0 after a clean stop, 1 if it failed or took too long.
 */
export function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stopping = false;
  const begin = (reason: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ reason }, 'stopping');
    setTimeout(() => {
      logger.error('the stop took too long; ending now');
      process.exit(1);
    }, LONGEST_STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'the stop failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => begin('SIGTERM'));
  process.once('SIGINT', () => begin('SIGINT'));
  process.once('disconnect', () => begin('parent process gone'));
}
