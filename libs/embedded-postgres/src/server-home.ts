import { randomBytes } from 'node:crypto';
import { chown, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import type { SystemUser } from './run-program.js';
import { canWorkIn } from './system-user.js';

/** Where root puts the files when the server's user cannot reach the data folder, for example below /root. */
const SYSTEM_FOLDER = '/var/lib/hookloom';
const LOCATION_FILE = 'location';

/**
 * The folder that holds everything of the server: `data/` (the cluster), `password`, `port`, `server.log`.
 * It is `dataDir` itself, or the folder that the file `location` in it names.
 */
export async function findHome(dataDir: string): Promise<string> {
  return (await readText(join(dataDir, LOCATION_FILE))) ?? dataDir;
}

/** The folder with the database files below a home. */
export function clusterOf(home: string): string {
  return join(home, 'data');
}

/**
 * Makes sure that `user` can work in the home, and moves a home without a cluster to the system's folder if not.
 *
 * @returns the home that holds from now on
 * @throws EmbeddedPostgresError if no folder can be reached
 */
export async function reachableHome(
  dataDir: string,
  home: string,
  user: SystemUser | undefined,
): Promise<string> {
  if (!user) return home;
  await chown(home, user.uid, user.gid);
  if (await canWorkIn(home, user)) return home;
  if (home !== dataDir) throw unreachable(home, user);
  const elsewhere = join(SYSTEM_FOLDER, `postgres-${randomBytes(6).toString('hex')}`);
  await mkdir(elsewhere, { recursive: true, mode: 0o755 });
  await chown(elsewhere, user.uid, user.gid);
  if (!(await canWorkIn(elsewhere, user))) throw unreachable(elsewhere, user);
  await writeWhole(join(dataDir, LOCATION_FILE), { text: elsewhere, mode: 0o644, user: undefined });
  return elsewhere;
}

/** The password of the database's owner: made once, readable by the server's user alone. */
export async function loadPassword(home: string, user: SystemUser | undefined): Promise<string> {
  const file = passwordFile(home);
  const stored = await readText(file);
  if (stored !== undefined) return stored;
  const password = randomBytes(24).toString('base64url');
  await writeWhole(file, { text: password, mode: 0o600, user });
  return password;
}

export function passwordFile(home: string): string {
  return join(home, 'password');
}

/** The port that this database always had, or another one (kept from then on) if some program took it meanwhile. */
export async function loadPort(home: string): Promise<number> {
  const file = join(home, 'port');
  const stored = Number(await readText(file));
  if (Number.isInteger(stored) && stored > 0 && stored < 65_536 && (await isFree(stored))) return stored;
  const port = await listenOnce(0);
  await writeWhole(file, { text: String(port), mode: 0o644, user: undefined });
  return port;
}

async function isFree(port: number): Promise<boolean> {
  return listenOnce(port).then(
    () => true,
    () => false,
  );
}

/** Opens and closes a port of this machine; 0 lets the system choose. */
function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });
}

async function readText(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    if (hasCode(error, 'EACCES')) {
      throw new EmbeddedPostgresError(
        `The file ${file} belongs to another user. Start Hookloom as the user that started it first (or as root), ` +
          'or set HOOKLOOM_DATA_DIR to another folder.',
        { cause: error },
      );
    }
    throw error;
  }
}

interface SmallFile {
  readonly text: string;
  readonly mode: number;
  readonly user: SystemUser | undefined;
}

/** The file appears whole, synced and owned as asked, or not at all. */
async function writeWhole(file: string, content: SmallFile): Promise<void> {
  const draft = `${file}.new`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', content.mode);
  try {
    if (content.user) await handle.chown(content.user.uid, content.user.gid);
    await handle.writeFile(`${content.text}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

function unreachable(folder: string, user: SystemUser): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and ${user.name}, who runs it instead, cannot work in ${folder}. ` +
      'Set HOOKLOOM_DATA_DIR to a folder that every user may enter, or start Hookloom as an ordinary user.',
  );
}
