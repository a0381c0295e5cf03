import { LAUNCHED_BY_US } from '@hookloom/contracts';
import { ConfigError, configSecrets, loadConfig, type Config } from '../config/config.js';
import { createLogger, type Logger } from '../logging/logger.js';
import { DatabaseUnusableError } from './open-database.js';

/** What every role is started with. */
export interface RoleStart {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly logger: Logger;
}

/**
 * Runs one role of the product: reads its settings, starts it, and ends the process with a sentence (or, for a
 * fault of ours, its stack) if it cannot start.
 *
 * @param isExpected whether an error's message is all that a person needs
 */
export function runRole(
  role: 'api' | 'worker',
  start: (role: RoleStart) => Promise<void>,
  isExpected: (error: Error) => boolean,
): void {
  open(role, start).catch((error: unknown) => {
    const isTold = error instanceof Error && (isOurs(error) || isExpected(error));
    const text = isTold ? error.message : error instanceof Error ? error.stack : String(error);
    process.stderr.write(`${text}\n`);
    process.exit(1);
  });
}

async function open(role: 'api' | 'worker', start: (role: RoleStart) => Promise<void>): Promise<void> {
  const config = loadConfig(process.env);
  const { databaseUrl } = config;
  if (databaseUrl === undefined) {
    throw new ConfigError([
      'DATABASE_URL is needed by a role that is started alone; npm start brings a database.',
    ]);
  }
  const logger = createLogger({ level: config.logLevel, role, secrets: configSecrets(config) });
  await start({ config, databaseUrl, logger });
}

function isOurs(error: Error): boolean {
  return error instanceof ConfigError || error instanceof DatabaseUnusableError;
}

/** Under the launcher it says that all is up; alone we do, in a line that scripts wait for. */
export function announceReady(line: string): void {
  if (process.send && LAUNCHED_BY_US in process.env) process.send({ ready: true });
  else process.stdout.write(`${line}\n`);
}
