import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ConfigError } from './config.js';
import { loadEncryptionKey } from './encryption-key.js';

let dataDir: string;
beforeEach(async () => {
  dataDir = join(await mkdtemp(join(tmpdir(), 'hookloom-key-')), 'data');
});
afterEach(() => rm(join(dataDir, '..'), { recursive: true, force: true }));

describe('loadEncryptionKey', () => {
  it('is made once, by one of several that start at once, readable by its owner alone', async () => {
    const starts = Array.from({ length: 8 }, () => loadEncryptionKey({ encryptionKey: undefined, dataDir }));
    const keys = new Set((await Promise.all(starts)).map((key) => key.toString('hex')));
    expect(keys.size).toBe(1);
    expect(await readdir(dataDir)).toEqual(['encryption.key']);
    expect((await stat(join(dataDir, 'encryption.key'))).mode & 0o777).toBe(0o600);
  });

  it('is the one of the environment where there is one', async () => {
    const encryptionKey = Buffer.alloc(32, 1);
    expect(await loadEncryptionKey({ encryptionKey, dataDir })).toBe(encryptionKey);
  });

  it('stops the start when its file is damaged', async () => {
    await loadEncryptionKey({ encryptionKey: undefined, dataDir });
    await writeFile(join(dataDir, 'encryption.key'), 'oops');
    await expect(loadEncryptionKey({ encryptionKey: undefined, dataDir })).rejects.toThrow(ConfigError);
  });
});
