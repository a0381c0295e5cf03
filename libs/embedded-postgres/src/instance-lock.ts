import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataDirInUseError, hasCode } from './errors.js';

/** Longer names of a socket are cut off or refused (sun_path: 104 bytes on macOS, 108 on Linux). */
const LONGEST_SOCKET_NAME = 100;

/**
 * Takes a folder for this process until `release` or its end, however it ends. The lock is a socket that this process
 * listens on: unlike a file with a process id it cannot outlive its owner, and no other process can be mistaken for it.
 *
 * @throws DataDirInUseError if a live process holds the folder
 */
export async function lockDataDir(dataDir: string): Promise<{ release(): Promise<void> }> {
  const address = lockAddress(dataDir);
  const server = createServer((socket) => socket.end(String(process.pid)));
  try {
    await listen(server, address);
  } catch (error) {
    if (!hasCode(error, 'EADDRINUSE')) throw error;
    const holder = await askHolder(address);
    if (holder !== undefined) throw inUse(dataDir, holder);
    await rm(address, { force: true }); // left behind by a process that was killed
    await listen(server, address);
  }
  server.unref();
  return { release: () => new Promise((resolve) => server.close(() => resolve())) };
}

function lockAddress(dataDir: string): string {
  const short = createHash('sha256').update(dataDir).digest('hex').slice(0, 24);
  if (process.platform === 'win32') return `\\\\.\\pipe\\hookloom-${short}`;
  const inside = join(dataDir, 'lock');
  return Buffer.byteLength(inside) <= LONGEST_SOCKET_NAME ? inside : join(tmpdir(), `hookloom-${short}.lock`);
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** The process id that answers at the lock (a live one that says nothing: ''), or undefined if nobody does. */
function askHolder(address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address);
    socket.setTimeout(1_000, () => socket.destroy()); // stopped or busy, but there
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(answer));
  });
}

function inUse(dataDir: string, holder: string): DataDirInUseError {
  const who = holder === '' ? 'another process' : `process ${holder}`;
  return new DataDirInUseError(
    `Hookloom is already running on ${dataDir} (${who}). Stop that one first, ` +
      'or set HOOKLOOM_DATA_DIR and HOOKLOOM_PORT to start a second, separate one.',
  );
}
