import { mkdir, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ensureCluster, OWNER } from './cluster-files.js';
import { createDatabase, DATABASE, answers } from './first-connection.js';
import { lockDataDir, type DataDirLock } from './instance-lock.js';
import { usableBinaries } from './packaged-binaries.js';
import { stopLeftover, stopServer, type Cluster } from './postmaster.js';
import { clusterOf, findHome, loadPassword, loadPort, passwordFile, reachableHome } from './server-home.js';
import { keepServerRunning } from './supervisor.js';
import { serverUser } from './system-user.js';

export interface EmbeddedPostgresOptions {
  /** Belongs to the embedded database alone; made if missing. */
  readonly dataDir: string;
  /** Takes sentences for the person who starts it; nothing secret. */
  log(message: string): void;
}

/** A running database of this process. */
export interface EmbeddedPostgres {
  /** Of the database `hookloom`, with its password: never log it. Stays the same over crashes of the server. */
  readonly url: string;
  /** Where the database's files really are: `dataDir`, or another folder when the server's user cannot reach it. */
  readonly dataDir: string;
  /** Lets a start that finds the folder taken wait for `stop` instead of being refused. */
  announceStop(): void;
  /** Shuts the server down and gives the folder free. Ends when both are done; connections are cut. */
  stop(): Promise<void>;
}

/**
 * Starts the packaged PostgreSQL on files of its own: at 127.0.0.1 only, with a password, a port that stays the same
 * between starts, and everything that makes a commit durable. A server that a killed process left behind is stopped
 * first; one that crashes is started again.
 *
 * @throws DataDirInUseError if a live process uses the folder
 * @throws EmbeddedPostgresError if the server cannot be started here, with a sentence that says why
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
  const dataDir = await realpath(resolve(options.dataDir));
  const lock = await lockDataDir(dataDir, options.log);
  try {
    return await startLocked(dataDir, options.log, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(
  dataDir: string,
  log: (message: string) => void,
  lock: DataDirLock,
): Promise<EmbeddedPostgres> {
  const found = await findHome(dataDir);
  const user = await serverUser(clusterOf(found));
  const home = await reachableHome(dataDir, found, user);
  if (user) log(`this is root, so the database runs as ${user.name}; its files are in ${home}`);
  const cluster: Cluster = { binaries: await usableBinaries(home, user), folder: clusterOf(home), user };
  const password = await loadPassword(home, user);
  await stopLeftover(cluster, log);
  await ensureCluster(cluster, passwordFile(home));
  const settings = { port: await loadPort(home), logFile: join(home, 'server.log') };
  const address = (database: string) =>
    `postgres://${OWNER}:${password}@127.0.0.1:${settings.port}/${database}`;
  const server = await keepServerRunning(cluster, settings, {
    log,
    isReady: () => answers(address('postgres')),
  });
  await createDatabase(address('postgres'));
  return {
    url: address(DATABASE),
    dataDir: home,
    announceStop: () => lock.announceRelease(),
    stop: async () => {
      lock.announceRelease();
      await server.stop(() => stopServer(cluster));
      await lock.release();
    },
  };
}
