import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LAUNCHED_BY_US } from '@hookloom/contracts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '@hookloom/embedded-postgres';
import {
  createLogger,
  loadConfig,
  loadEncryptionKey,
  type Config,
  type Logger,
} from '@hookloom/server-kit/process';
import { programOf, ROLES } from '../roles.js';
import { waitForPort } from './listen-port.js';
import { listenForStop } from './stop-request.js';
import { Supervisor } from './supervisor.js';

/** Of the 30 s that a stop may take, this much is for runs in flight; the rest is for the database. */
const DRAIN_MS = 26_000;

/**
 * Runs a whole server in the foreground until a signal stops it: the database if none is given, then the roles.
 * Down in the other order: the roles drain, the database goes last.
 *
 * @throws ConfigError, EmbeddedPostgresError, PortTakenError or RoleStartError, each with a sentence for a person
 */
export async function launch(env: NodeJS.ProcessEnv): Promise<void> {
  const given = { ...env }; // loadConfig takes the secrets out; the children need them
  const config = loadConfig(env);
  const logger = createLogger({ level: config.logLevel, role: 'launcher' });
  const stop = listenForStop();
  const database = await openDatabase(config, logger);
  const supervisor = new Supervisor({
    programs: ROLES.map((role) => ({
      role,
      program: programOf(role),
      env: { ...given, [LAUNCHED_BY_US]: '1', DATABASE_URL: database.url, HOOKLOOM_DATA_DIR: config.dataDir },
    })),
    firstPauseMs: 200,
    longestPauseMs: 10_000,
    log: (message) => logger.warn(message),
  });
  try {
    await waitForPort(config.host, config.port, (message) => logger.info(message));
    await loadEncryptionKey(config);
    await Promise.race([supervisor.start().then(() => announce(config)), stop.asked]);
    await stop.asked;
    logger.info('stopping: finishing what is under way');
  } finally {
    database.announceStop();
    await supervisor.stop(DRAIN_MS, stop.hasten);
    await database.stop();
  }
}

type Database = Pick<EmbeddedPostgres, 'url' | 'announceStop' | 'stop'>;

/** A database of somebody else's, which is theirs to start and stop. */
function foreignDatabase(url: string): Database {
  return { url, announceStop: () => undefined, stop: () => Promise.resolve() };
}

async function openDatabase(config: Config, logger: Logger): Promise<Database> {
  if (config.databaseUrl !== undefined) return foreignDatabase(config.databaseUrl);
  // Root's database runs as another user, who must get through to its own folder but sees nothing else in here.
  await mkdir(config.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  return startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    log: (message) => logger.info(message),
  });
}

/** Stands as it is among JSON lines, because scripts wait for it. */
function announce(config: Config): void {
  process.stdout.write(`Hookloom is ready at http://localhost:${config.port}\n`);
}
