import { execFileSync } from 'node:child_process';
import { chown, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { descendants } from '../support/process-tree.js';
import { startProduct, type Product, type ProductOptions } from '../support/product.js';

const amRoot = process.getuid?.() === 0;
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
  const running: Product[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'hookloom-start-'));
    home = await mkdtemp(join(tmpdir(), 'hookloom-home-'));
    await chmod(dataDir, 0o711);
    for (const folder of [dataDir, home]) if (user) await chown(folder, user.uid, user.gid);
  });

  afterEach(async () => {
    for (const product of running.splice(0)) await product[Symbol.asyncDispose]();
    for (const folder of [dataDir, home]) await rm(folder, { recursive: true, force: true });
  });

  async function start(env: ProductOptions['env'] = {}): Promise<Product> {
    const product = await startProduct({
      dataDir,
      env: {
        HOME: home,
        npm_config_cache: join(home, '.npm'),
        HOOKLOOM_API_KEY: `hl_${'k'.repeat(40)}`,
        ...env,
      },
      ...(user ? { user } : {}),
    });
    running.push(product);
    return product;
  }

  const workflowNames = async (product: Product): Promise<string[]> => {
    const answer = await fetch(`${product.url}/api/v1/workflows`, {
      headers: { authorization: `Bearer hl_${'k'.repeat(40)}` },
    });
    const page = (await answer.json()) as { items: { name: string }[] };
    return page.items.map(({ name }) => name);
  };

  const addWorkflow = async (product: Product, name: string): Promise<void> => {
    const answer = await fetch(`${product.url}/api/v1/workflows`, {
      method: 'POST',
      headers: { authorization: `Bearer hl_${'k'.repeat(40)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name, definition: { format: 1, steps: [], edges: [] } }),
    });
    expect(answer.status).toBe(201);
  };

  it.runIf(runnable)('keeps everything from one start to the next and ends with 0', async () => {
    const first = await start();
    await addWorkflow(first, 'kept');
    const key = await readFile(join(dataDir, 'encryption.key'), 'utf8');
    expect(await first.stop()).toBe(0);

    const second = await start();
    expect(await workflowNames(second)).toEqual(['kept']);
    expect(await readFile(join(dataDir, 'encryption.key'), 'utf8')).toBe(key);
    expect((await stat(join(dataDir, 'encryption.key'))).mode & 0o777).toBe(0o600);
    expect(await second.stop()).toBe(0);
  });

  it.runIf(runnable)('ends with 0 when npm alone is told to stop', async () => {
    const product = await start();
    const ended = new Promise((resolve) => product.process.once('exit', resolve));
    product.process.kill('SIGTERM');
    expect(await ended).toBe(0);
  });

  it.runIf(runnable)('comes up again after a kill -9 of the launcher', async () => {
    const first = await start();
    await addWorkflow(first, 'kept');
    for (const pid of descendants(first.process.pid ?? 0, /run\.mjs start/)) process.kill(pid, 'SIGKILL');

    const second = await start({ HOOKLOOM_PORT: new URL(first.url).port });
    expect(await workflowNames(second)).toEqual(['kept']);
  });

  it.runIf(runnable)('refuses a second instance on the same data dir', async () => {
    const first = await start();
    await expect(start()).rejects.toThrow(
      /Hookloom is already running on .*\(process \d+\)\. Stop that one first/,
    );
    expect(await workflowNames(first)).toEqual([]);
  });

  it.runIf(runnable)('starts a killed api or worker again', async () => {
    const product = await start();
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
});
