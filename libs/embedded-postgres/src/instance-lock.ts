import { createHash } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataDirInUseError, hasCode } from './errors.js';

/** Longer names of a socket are cut off or refused (sun_path: 104 bytes on macOS, 108 on Linux). */
const LONGEST_SOCKET_NAME = 100;

/** A process that is stopping may take 30 s for its runs in flight; then its database shuts down. */
const PATIENCE_MS = 45_000;

export interface DataDirLock {
  /** Makes whoever asks from now on wait for the release instead of being refused. */
  announceRelease(): void;
  release(): Promise<void>;
}

/**
 * Takes a folder for this process until `release` or its end, however it ends. The lock is a socket that this process
 * listens on: unlike a file with a process id it cannot outlive its owner, and no other process can be mistaken for it.
 * A holder that is stopping is waited for, so that a stop and a start can follow each other closely.
 *
 * @throws DataDirInUseError if a live process holds the folder and keeps it
 */
export async function lockDataDir(dataDir: string, log: (message: string) => void): Promise<DataDirLock> {
  const address = lockAddress(dataDir);
  const deadline = performance.now() + PATIENCE_MS;
  for (let waiting = false; ; waiting = true) {
    const lock = await tryLock(address);
    if (lock) return lock;
    const holder = await askHolder(address);
    if (holder === undefined) {
      await rm(address, { force: true }); // left behind by a process that was killed
      continue;
    }
    if (!holder.isStopping || performance.now() > deadline) throw inUse(dataDir, holder.pid);
    if (!waiting) log(`waiting for process ${holder.pid} to stop: it still holds ${dataDir}`);
    await sleep(100);
  }
}

/** `undefined`: somebody holds the address, or did until the machine or the process went down. */
async function tryLock(address: string): Promise<DataDirLock | undefined> {
  let isStopping = false;
  const server = createServer((socket) => {
    socket.on('error', () => undefined); // whoever asked did not wait for the answer
    socket.end(`${process.pid}${isStopping ? ' stopping' : ''}`);
  });
  try {
    await listen(server, address);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE')) return undefined;
    throw error;
  }
  server.unref();
  return {
    announceRelease: () => (isStopping = true),
    release: () => new Promise((resolve) => server.close(() => resolve())),
  };
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

interface Holder {
  /** Empty for a live process that says nothing: it is stopped or busy, but there. */
  readonly pid: string;
  readonly isStopping: boolean;
}

/** Who answers at the lock; `undefined` if nobody does. */
function askHolder(address: string): Promise<Holder | undefined> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(address);
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('data', (chunk) => (answer += chunk.toString()));
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => {
      const [pid = '', state] = answer.split(' ');
      resolve({ pid, isStopping: state === 'stopping' });
    });
  });
}

function inUse(dataDir: string, pid: string): DataDirInUseError {
  const who = pid === '' ? 'another process' : `process ${pid}`;
  return new DataDirInUseError(
    `Hookloom is already running on ${dataDir} (${who}). Stop that one first, ` +
      'or set HOOKLOOM_DATA_DIR and HOOKLOOM_PORT to start a second, separate one.',
  );
}
