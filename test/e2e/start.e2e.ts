import { execFileSync } from 'node:child_process';
import { chown, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ApiClient } from '../support/api-client.js';
import { descendants } from '../support/process-tree.js';
import { startProduct, type Product, type ProductOptions } from '../support/product.js';

const amRoot = process.getuid?.() === 0;
const API_KEY = `hl_${'k'.repeat(40)}`;
const nobody = { uid: 65_534, gid: 65_534 };
const launcher = fileURLToPath(new URL('../../apps/launcher/dist/cli.js', import.meta.url));

/** Where another user cannot read this checkout (below /root, say), only half of the cases can be tried. */
function canRead(user: typeof nobody): boolean {
  try {
    execFileSync('test', ['-r', launcher], { ...user, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

const cases = [
  { who: amRoot ? 'root' : 'an ordinary user', user: undefined, runnable: true },
  { who: 'an ordinary user beside root', user: nobody, runnable: amRoot && canRead(nobody) },
];

describe.each(cases)('npm start by $who', ({ user, runnable }) => {
  let dataDir: string;
  let home: string;
  let running: Product | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookloom-start-'));
    home = await mkdtemp(join(tmpdir(), 'hookloom-home-'));
    await chmod(dataDir, 0o711);
    for (const folder of [dataDir, home]) if (user) await chown(folder, user.uid, user.gid);
  });

  afterAll(async () => {
    await running?.[Symbol.asyncDispose]();
    for (const folder of [dataDir, home]) await rm(folder, { recursive: true, force: true });
  });

  function start(env: ProductOptions['env'] = {}): Promise<Product> {
    return startProduct({
      dataDir,
      env: { HOME: home, npm_config_cache: join(home, '.npm'), HOOKLOOM_API_KEY: API_KEY, ...env },
      ...(user ? { user } : {}),
    });
  }

  /** The product that the test before left running, or one that is started now: all on the same data. */
  async function theProduct(): Promise<Product> {
    if (running && (running.process.exitCode ?? running.process.signalCode) !== null) running = undefined;
    running ??= await start();
    return running;
  }

  it.runIf(runnable)('refuses a second instance on the same data dir', async () => {
    const { api } = await theProduct();
    await expect(start()).rejects.toThrow(
      /Hookloom is already running on .*\(process \d+\)\. Stop that one first/,
    );
    expect(await workflowNames(api)).toEqual([]);
  });

  it.runIf(runnable)('starts a killed api or worker again', async () => {
    const product = await theProduct();
    for (const role of ['api', 'worker']) {
      const find = () => descendants(product.process.pid ?? 0, new RegExp(`${role}/dist/main\\.js`));
      const [killed = 0] = find();
      process.kill(killed, 'SIGKILL');
      await expect.poll(() => find().filter((pid) => pid !== killed).length).toBe(1);
    }
    const ready = () =>
      fetch(`${product.url}/health/ready`).then(
        ({ status }) => status,
        () => 0,
      );
    await expect.poll(ready).toBe(200);
  });

  it.runIf(runnable)('comes up again after a kill -9 of the launcher', async () => {
    const first = await theProduct();
    await addWorkflow(first.api, 'survived');
    for (const pid of descendants(first.process.pid ?? 0, /run\.mjs start/)) process.kill(pid, 'SIGKILL');

    running = await start({ HOOKLOOM_PORT: new URL(first.url).port });
    expect(await workflowNames(running.api)).toContain('survived');
  });

  it.runIf(runnable)('keeps everything from one start to the next and ends with 0', async () => {
    const first = await theProduct();
    await addWorkflow(first.api, 'kept');
    const key = await readFile(join(dataDir, 'encryption.key'), 'utf8');
    expect(await first.stop()).toBe(0);

    running = await start();
    expect(await workflowNames(running.api)).toContain('kept');
    expect(await readFile(join(dataDir, 'encryption.key'), 'utf8')).toBe(key);
    expect((await stat(join(dataDir, 'encryption.key'))).mode & 0o777).toBe(0o600);
  });

  it.runIf(runnable)('ends with 0 when npm alone is told to stop', async () => {
    const { process: npm } = await theProduct();
    const ended = new Promise((resolve) => npm.once('exit', resolve));
    npm.kill('SIGTERM');
    expect(await ended).toBe(0);
  });
});

async function workflowNames(api: ApiClient): Promise<string[]> {
  const { items } = await api.do<{ items: { name: string }[] }>('GET', '/workflows');
  return items.map(({ name }) => name);
}

async function addWorkflow(api: ApiClient, name: string): Promise<void> {
  await api.do('POST', '/workflows', { name, definition: { format: 1, steps: [], edges: [] } });
}
