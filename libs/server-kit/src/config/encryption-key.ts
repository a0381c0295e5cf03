import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Config } from './config.js';

const FILE = 'encryption.key';

/**
 * The key that seals secrets: from the environment, else from the data dir, where it is made once.
 * Several processes may start at once: the file appears whole and the first one wins.
 *
 * @returns 32 bytes
 * @throws ConfigError if the file holds something else
 */
export async function loadEncryptionKey(config: Pick<Config, 'encryptionKey' | 'dataDir'>): Promise<Buffer> {
  if (config.encryptionKey) return config.encryptionKey;
  const file = join(config.dataDir, FILE);
  const stored = await readIfThere(file);
  if (stored !== undefined) return decode(stored, file);
  await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
  await createOnce(file, `${randomBytes(32).toString('base64')}\n`);
  return decode(await readFile(file, 'utf8'), file);
}

async function createOnce(file: string, content: string): Promise<void> {
  const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, content, { mode: 0o600, flag: 'wx' });
  try {
    await link(draft, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(draft);
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw error;
  }
}

function decode(text: string, file: string): Buffer {
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length === 32) return key;
  throw new ConfigError([`${file} must hold 32 bytes in base64. Put the file back from a backup.`]);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
