import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '@hookloom/testing/free-port';
import { ApiClient } from './api-client.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A worker alone has no address to name. */
const READY = /^Hookloom (?:is ready at (http:\S+)|worker is ready)$/m;
const READY_MS = 60_000;

/** Which program is started: the whole product, or one role of it. */
export type Command = 'start' | 'start:api' | 'start:worker';

export interface ProductOptions {
  readonly command?: Command;
  readonly env?: Readonly<Record<string, string>>;
  /** A data dir that outlives the product; else a new one that is removed with it. */
  readonly dataDir?: string;
  /** Who runs it; without it, the user of this process. */
  readonly user?: { readonly uid: number; readonly gid: number };
}

/** The built product as a user starts it, with an owner and an API key from the environment. */
export interface Product {
  readonly url: string;
  readonly dataDir: string;
  readonly api: ApiClient;
  readonly process: ChildProcess;
  /** All that it printed so far. */
  output(): string;
  /** SIGTERM and the end of the process. @returns its exit code */
  stop(): Promise<number | null>;
  /** SIGKILL to the process itself. */
  kill(): Promise<void>;
  /** Removes the data dir, if it was made for this product. */
  [Symbol.asyncDispose](): Promise<void>;
}

export const OWNER = { email: 'owner@example.com', password: 'a quiet river bend 42' } as const;

/** Starts the product and waits until it says that it is ready. */
export async function startProduct(options: ProductOptions = {}): Promise<Product> {
  const port = await freePort();
  const apiKey = `hl_${randomBytes(24).toString('base64url')}`;
  const dataDir = options.dataDir ?? (await makeDataDir());
  const child = spawn('npm', ['run', '-s', options.command ?? 'start'], {
    ...options.user,
    cwd: ROOT,
    env: {
      ...process.env,
      HOOKLOOM_PORT: String(port),
      HOOKLOOM_DATA_DIR: dataDir,
      HOOKLOOM_OWNER_EMAIL: OWNER.email,
      HOOKLOOM_OWNER_PASSWORD: OWNER.password,
      HOOKLOOM_API_KEY: apiKey,
      HOOKLOOM_ALLOWED_PRIVATE_HOSTS: '127.0.0.0/8,localhost',
      HOOKLOOM_LOG_LEVEL: 'warn',
      ...options.env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const url = await ready(child, () => output).catch((error: unknown) => {
    signalGroup(child, 'SIGKILL');
    throw error;
  });
  const key = options.env?.['HOOKLOOM_API_KEY'] ?? apiKey;
  return {
    url,
    dataDir,
    api: new ApiClient(url, key),
    process: child,
    output: () => output,
    async stop() {
      signalGroup(child, 'SIGTERM');
      return ended;
    },
    async kill() {
      signalGroup(child, 'SIGKILL');
      await ended;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) signalGroup(child, 'SIGTERM');
      await ended;
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Open to pass through: where this is root, another user runs the database inside. */
async function makeDataDir(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hookloom-test-'));
  await chmod(folder, 0o711);
  return folder;
}

/** npm starts a shell that starts the product: the signal goes to all of them, as Ctrl-C does. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

async function ready(child: ChildProcess, output: () => string): Promise<string> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const found = READY.exec(output());
    if (found) return found[1] ?? '';
    if (child.exitCode !== null) throw new Error(`The product ended with ${child.exitCode}:\n${output()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The product was not ready within ${READY_MS} ms:\n${output()}`);
}
