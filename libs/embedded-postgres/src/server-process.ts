import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chown, open, readFile, stat, type FileHandle } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import type { Cluster } from './postmaster.js';
import { quietEnvironment } from './run-program.js';

/** The server's own messages; begun anew at a start that finds it larger than this. */
const LARGEST_LOG_BYTES = 8 * 1024 * 1024;

export interface ServerSettings {
  readonly port: number;
  readonly logFile: string;
}

/**
 * What the server is started with; the sizes are those that the hot path was measured with. Nothing that weakens a
 * commit may ever stand here: an event that was answered 200 must survive a power cut.
 */
function serverArguments(folder: string, port: number): readonly string[] {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 100,
    shared_buffers: '256MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    fsync: 'on',
    synchronous_commit: 'on',
    full_page_writes: 'on',
    timezone: 'UTC',
    log_timezone: 'UTC',
    logging_collector: 'off',
  };
  return ['-D', folder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}

/**
 * Starts the server in a process group of its own, so that Ctrl-C in the terminal does not stop it before the programs
 * that use it have drained. It writes to a file: a pipe would break with the process that holds it.
 */
export async function spawnServer(cluster: Cluster, settings: ServerSettings): Promise<ChildProcess> {
  const log = await openLog(cluster, settings.logFile);
  try {
    const identity = cluster.user ? { uid: cluster.user.uid, gid: cluster.user.gid } : {};
    const child = spawn(cluster.binaries.postgres, serverArguments(cluster.folder, settings.port), {
      ...identity,
      cwd: '/',
      env: quietEnvironment,
      detached: true,
      windowsHide: true,
      stdio: ['ignore', log.fd, log.fd],
    });
    await once(child, 'spawn');
    return child;
  } finally {
    await log.close();
  }
}

async function openLog(cluster: Cluster, file: string): Promise<FileHandle> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  const handle = await open(file, size > LARGEST_LOG_BYTES ? 'w' : 'a', 0o600);
  if (cluster.user) await chown(file, cluster.user.uid, cluster.user.gid);
  return handle;
}

/**
 * Waits until the server takes connections.
 *
 * @param isReady asks it once
 * @throws EmbeddedPostgresError with the end of the server's own log if it ends first or takes over a minute
 */
export async function waitUntilReady(
  child: ChildProcess,
  settings: ServerSettings,
  isReady: () => Promise<boolean>,
): Promise<void> {
  const deadline = performance.now() + 60_000; // recovery after a crash reads up to max_wal_size
  while (performance.now() < deadline) {
    if (child.exitCode !== null || child.signalCode !== null) break;
    if (await isReady()) return;
    await sleep(15);
  }
  throw new EmbeddedPostgresError(
    `The embedded database did not start. Its log, ${settings.logFile}, ends with:\n${await tail(settings.logFile)}`,
  );
}

async function tail(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trimEnd().split('\n').slice(-8).join('\n');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return '(nothing)';
    throw error;
  }
}
