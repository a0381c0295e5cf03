import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './packaged-binaries.js';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import { runProgram, type SystemUser } from './run-program.js';

/** The largest number that the file can hold; systems give process ids far below it. */
const NO_PROCESS = '2147483647';

/** What is needed to talk to a server by its files, whoever started it. */
export interface Cluster {
  readonly binaries: Binaries;
  readonly folder: string;
  readonly user: SystemUser | undefined;
}

/**
 * Ends the server that a killed launcher left running, so that the next one starts with its own settings and without
 * the connections of orphans. A pid file whose process is gone is PostgreSQL's own business; one whose number now
 * belongs to a foreign process (or to one that ended but was never collected) must not refuse the start.
 */
export async function stopLeftover(cluster: Cluster, log: (message: string) => void): Promise<void> {
  const pid = await findPostmasterPid(cluster.folder);
  if (pid === undefined || !isAlive(pid)) return;
  if (await serves(pid, cluster)) {
    log(`a database server from an earlier start is still running (process ${pid}); stopping it`);
    await stopServer(cluster);
    return;
  }
  await disownPidFile(cluster.folder);
}

/**
 * Puts a number that no process can have into the pid file. The rest of it stays: with it PostgreSQL still finds out
 * whether a backend of the old server holds the shared memory.
 */
async function disownPidFile(folder: string): Promise<void> {
  const file = join(folder, 'postmaster.pid');
  const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
  await writeFile(file, [NO_PROCESS, ...rest].join('\n'));
}

/**
 * Shuts the server down: "fast" rolls back what is open and writes a checkpoint; "immediate" is for one that cannot.
 * Returns when it has ended.
 */
export async function stopServer(cluster: Cluster): Promise<void> {
  const fast = await pgCtlStop(cluster, 'fast', 15);
  if (fast.ok || (await findPostmasterPid(cluster.folder)) === undefined) return;
  const immediate = await pgCtlStop(cluster, 'immediate', 5);
  if (immediate.ok || (await findPostmasterPid(cluster.folder)) === undefined) return;
  throw new EmbeddedPostgresError(
    `The embedded database in ${cluster.folder} does not stop: ${immediate.output}`,
  );
}

function pgCtlStop(cluster: Cluster, mode: 'fast' | 'immediate', seconds: number) {
  const args = ['stop', '-D', cluster.folder, '-m', mode, '-w', '-t', String(seconds)];
  return runProgram(cluster.binaries.pgCtl, args, cluster.user);
}

async function findPostmasterPid(folder: string): Promise<number | undefined> {
  try {
    const [first] = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n');
    const pid = Number(first);
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Whether that process is a server on these files: after a restart of the machine its number may be anybody's. */
async function serves(pid: number, cluster: Cluster): Promise<boolean> {
  const command = await commandOf(pid);
  return command === undefined || command.includes(cluster.folder);
}

/** The command line of a process; undefined where the system does not tell. */
async function commandOf(pid: number): Promise<string | undefined> {
  if (process.platform === 'linux') {
    return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
      (text) => text.replaceAll('\0', ' '),
      () => undefined,
    );
  }
  const listing = await runProgram('ps', ['-o', 'command=', '-p', String(pid)], undefined);
  return listing.ok ? listing.output : undefined;
}
