import { readFile, stat } from 'node:fs/promises';
import { EmbeddedPostgresError, hasCode } from './errors.js';
import { runProgram, type SystemUser } from './run-program.js';

/** In this order: the account that packages of PostgreSQL make, then the one that every Unix has. */
const UNPRIVILEGED = ['postgres', 'nobody'];

/**
 * Who must run the server: `undefined` means this process's own user. PostgreSQL refuses to run as root,
 * so root hands it to the owner of the files that are there already, else to an unprivileged account.
 *
 * @param cluster the folder with the database files; need not exist yet
 */
export async function serverUser(cluster: string): Promise<SystemUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = parseAccounts(await readFile('/etc/passwd', 'utf8'));
  const owner = await ownerOf(cluster);
  if (owner && owner.uid !== 0) {
    return accounts.find(({ uid }) => uid === owner.uid) ?? { name: `user ${owner.uid}`, ...owner };
  }
  const user = UNPRIVILEGED.map((name) => accounts.find((account) => account.name === name)).find(Boolean);
  if (user) return user;
  throw new EmbeddedPostgresError(
    'PostgreSQL does not run as root, and this machine has neither a user "postgres" nor a user "nobody". ' +
      'Start Hookloom as an ordinary user, or set DATABASE_URL.',
  );
}

function parseAccounts(passwd: string): readonly SystemUser[] {
  return passwd.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    const isAccount = name && /^-?\d+$/.test(uid ?? '') && /^-?\d+$/.test(gid ?? '');
    return isAccount ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether that user can work in a folder: asked of the system itself, which knows every folder above and every list. */
export async function canWorkIn(folder: string, user: SystemUser): Promise<boolean> {
  const end = await runProgram('test', ['-r', folder, '-a', '-w', folder, '-a', '-x', folder], user);
  return end.ok;
}

async function ownerOf(path: string): Promise<Pick<SystemUser, 'uid' | 'gid'> | undefined> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}
