import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

const room = dirname(dirname(fileURLToPath(import.meta.url)));
const script = join(room, 'test/hold-database.mjs');
const amRoot = process.getuid?.() === 0;
const nobody = { uid: 65_534, gid: 65_534 };
const self = { uid: process.getuid?.(), gid: process.getgid?.() };

/** Where another user cannot read this checkout (below /root, say), only half of the cases can be tried. */
function canRead(user: typeof nobody): boolean {
  try {
    execFileSync('test', ['-r', script], { uid: user.uid, gid: user.gid, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

const cases = [
  { who: amRoot ? 'root' : 'an ordinary user', user: self, runnable: true },
  { who: 'an ordinary user beside root', user: nobody, runnable: amRoot && canRead(nobody) },
];

interface Message {
  url?: string;
  dataDir?: string;
  log?: string;
  code?: string;
  message?: string;
}

const children: ChildProcess[] = [];
const folders: string[] = [];

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Removed after the test. */
function aFolder(user: (typeof cases)[number]['user'], mode?: number): string {
  const folder = makeFolder(user, mode);
  folders.push(folder);
  return folder;
}

function makeFolder(user: (typeof cases)[number]['user'], mode = 0o755): string {
  const folder = mkdtempSync(join(tmpdir(), 'hookloom-db-'));
  chmodSync(folder, mode);
  if (amRoot && user.uid !== undefined && user.gid !== undefined) chownSync(folder, user.uid, user.gid);
  return folder;
}

async function hold(folder: string, user: (typeof cases)[number]['user'] = self) {
  const child = spawn(process.execPath, [script, folder], {
    ...(user.uid === undefined ? {} : user),
    cwd: '/',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const logs: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    const message = JSON.parse(line) as Message;
    if (message.log !== undefined) logs.push(message.log);
    else return { child, logs, ...message };
  }
  throw new Error('the stand-in ended without a word');
}

async function ask(url: string | undefined, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result = await client.query(sql);
    return result.rows.at(-1)?.value;
  } finally {
    await client.end();
  }
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  child.kill(signal);
  const [code] = await once(child, 'exit');
  return code;
}

function postmasterPid(dataDir: string | undefined): number {
  return Number(readFileSync(join(dataDir ?? '', 'data/postmaster.pid'), 'utf8').split('\n')[0]);
}

/** A process that ended but was not collected by its parent still has a number; it has no command line any more. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== 'linux' || readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}

beforeAll(() => {
  execFileSync(process.execPath, ['../../node_modules/@typescript/native/bin/tsc', '-b'], { cwd: room });
});

describe.each(cases)('the embedded database, started by $who', ({ user, runnable }) => {
  /** One for all: each start finds what the one before has left. */
  let folder: string;
  beforeAll(() => {
    folder = makeFolder(user);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.runIf(runnable)('keeps its rows and its address from one start to the next', async () => {
    const first = await hold(folder, user);
    await ask(first.url, 'create table kept_by_stop as select 42 as value');
    expect(await stop(first.child, 'SIGTERM')).toBe(0);

    const second = await hold(folder, user);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, 'select value from kept_by_stop')).toBe(42);
  });

  it.runIf(runnable)(
    'starts again after the process that held it was killed, without losing a commit',
    async () => {
      const first = await hold(folder, user);
      const orphan = postmasterPid(first.dataDir);
      await ask(first.url, 'create table kept_by_kill as select 42 as value');
      await stop(first.child, 'SIGKILL');
      expect(isAlive(orphan)).toBe(true);

      const second = await hold(folder, user);
      expect(isAlive(orphan)).toBe(false);
      expect(await ask(second.url, 'select value from kept_by_kill')).toBe(42);
    },
  );

  it.runIf(runnable)('refuses a second instance on the same folder with a sentence', async () => {
    const first = await hold(folder, user);

    const second = await hold(folder, user);
    expect(second.code).toBe('data_dir_in_use');
    expect(second.message).toContain(`is already running on ${folder} (process ${first.child.pid})`);
    expect(await ask(first.url, 'select 1 as value')).toBe(1);
  });

  it.runIf(runnable)('waits for an instance that is stopping', async () => {
    const first = await hold(folder, user);
    first.child.kill('SIGUSR2');
    const starting = hold(folder, user);
    await stop(first.child, 'SIGTERM');
    expect((await starting).url).toBe(first.url);
  });

  it.runIf(runnable)('leaves no server behind when it stops', async () => {
    const { child, dataDir } = await hold(folder, user);
    const pid = postmasterPid(dataDir);
    expect(await stop(child, 'SIGTERM')).toBe(0);
    expect(isAlive(pid)).toBe(false);
  });

  it.runIf(runnable)('starts the server again when it is killed alone', async () => {
    const { url, dataDir } = await hold(folder, user);
    await ask(url, 'create table kept_alone as select 42 as value');
    const killed = postmasterPid(dataDir);
    process.kill(killed, 'SIGKILL');
    await expect
      .poll(() => ask(url, 'select value from kept_alone').catch(() => undefined), { timeout: 20_000 })
      .toBe(42);
    expect(postmasterPid(dataDir)).not.toBe(killed);
  });
});

describe('the files of the embedded database', () => {
  it('are closed to everybody else, and the server listens on this machine only', async () => {
    const { url, dataDir = '' } = await hold(aFolder(self));
    expect(statSync(join(dataDir, 'data')).mode & 0o777).toBe(0o700);
    expect(statSync(join(dataDir, 'password')).mode & 0o777).toBe(0o600);
    expect(await ask(url, 'select current_setting($$listen_addresses$$) as value')).toBe('127.0.0.1');
    expect(await ask(url, 'select current_setting($$fsync$$) as value')).toBe('on');
    expect(await ask(url, 'select current_setting($$full_page_writes$$) as value')).toBe('on');
    const strangers = new URL(url ?? '');
    strangers.password = 'guessed';
    await expect(ask(strangers.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  it('are found again after the process id of the old server went to a stranger', async () => {
    const folder = aFolder(self);
    const first = await hold(folder);
    const pidFile = join(first.dataDir ?? '', 'data/postmaster.pid');
    const lines = readFileSync(pidFile, 'utf8').split('\n');
    const orphan = Number(lines[0]);
    await stop(first.child, 'SIGKILL');
    process.kill(orphan, 'SIGKILL');
    await expect.poll(() => isAlive(orphan)).toBe(false);
    writeFileSync(pidFile, [String(process.pid), ...lines.slice(1)].join('\n'));

    const second = await hold(folder);
    expect(second.message).toBeUndefined();
    expect(await ask(second.url, 'select 1 as value')).toBe(1);
  });

  it.runIf(amRoot)('go to a folder that is named when its user cannot reach the data folder', async () => {
    const closed = aFolder(self, 0o700);
    const first = await hold(join(closed, 'postgres'));
    folders.push(first.dataDir ?? '');
    expect(first.dataDir).toMatch(/^\/var\/lib\/hookloom\//);
    expect(first.logs.join('\n')).toContain(first.dataDir);
    await ask(first.url, 'create table kept as select 42 as value');
    await stop(first.child, 'SIGTERM');

    const second = await hold(join(closed, 'postgres'));
    expect(second.dataDir).toBe(first.dataDir);
    expect(await ask(second.url, 'select value from kept')).toBe(42);
  });
});
