import { chmod, chown, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import type { Cluster } from './postmaster.js';
import { runProgram } from './run-program.js';

/** The role that owns everything in the embedded database, and its name in the connection URL. */
export const OWNER = 'hookloom';

/**
 * Makes the database files if they are not there. They appear whole or not at all: initdb works in a folder beside,
 * and a start that was killed in the middle leaves only that one, which the next start removes.
 *
 * @throws EmbeddedPostgresError if the files were made by another major version, or initdb fails
 */
export async function ensureCluster(cluster: Cluster, passwordFile: string): Promise<void> {
  const found = await findMajorVersion(cluster.folder);
  if (found === undefined) return createCluster(cluster, passwordFile);
  const version = await runProgram(cluster.binaries.postgres, ['--version'], cluster.user);
  const ours = /\(PostgreSQL\) (\d+)/.exec(version.output)?.[1];
  if (ours !== undefined && ours !== found) {
    throw new EmbeddedPostgresError(
      `The database in ${cluster.folder} was made by PostgreSQL ${found}, and this Hookloom brings PostgreSQL ${ours}. ` +
        'Start the Hookloom that made it, or set HOOKLOOM_DATA_DIR to another folder.',
    );
  }
}

async function createCluster(cluster: Cluster, passwordFile: string): Promise<void> {
  const draft = `${cluster.folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { mode: 0o700 });
  if (cluster.user) await chown(draft, cluster.user.uid, cluster.user.gid);
  const end = await runProgram(cluster.binaries.initdb, initdbArguments(draft, passwordFile), cluster.user);
  if (!end.ok) {
    throw new EmbeddedPostgresError(`The embedded database could not be made in ${draft}: ${end.output}`);
  }
  await chmod(draft, 0o700);
  await rename(draft, cluster.folder);
}

/** The built-in locale sorts and folds the same on every platform; the system's own differ between machines. */
function initdbArguments(folder: string, passwordFile: string): readonly string[] {
  return [
    `--pgdata=${folder}`,
    `--username=${OWNER}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--no-locale',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
}

async function findMajorVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (!hasCode(error, 'EACCES')) throw error;
    throw new EmbeddedPostgresError(
      `The database in ${folder} belongs to another user. Start Hookloom as that user or as root, ` +
        'or set HOOKLOOM_DATA_DIR to another folder.',
      { cause: error },
    );
  }
}
