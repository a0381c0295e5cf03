import type { Logger } from '../logging/logger.js';

/** The whole stop must fit into 30 s (contract); what is not done by then will not be. */
const LONGEST_STOP_MS = 29_000;

/** A signal to the whole process group comes once from outside and once more from the parent: that is one wish. */
const ONE_WISH_MS = 1_000;

/**
 * Runs `stop` once at SIGTERM, SIGINT or when the parent process goes away, then ends the process:
 * code 0 after a clean stop, 1 if it failed or took too long, or if a second signal does not want to wait. Under a
 * parent process only the parent hastens.
 */
export function stopOnSignal(logger: Logger, stop: () => Promise<void>): void {
  let stoppingSince: number | undefined;
  const begin = (reason: string) => {
    const now = performance.now();
    if (stoppingSince !== undefined) {
      if (!process.send && now - stoppingSince > ONE_WISH_MS) process.exit(1);
      return;
    }
    stoppingSince = now;
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
  process.on('SIGTERM', () => begin('SIGTERM'));
  process.on('SIGINT', () => begin('SIGINT'));
  process.once('disconnect', () => begin('parent process gone'));
}
