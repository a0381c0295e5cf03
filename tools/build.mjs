// npm run build: builds every room that changed. Also the part that `npm install`, `npm start` and `npm test` call.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT, rooms, runNode, programOf } from './workspace.mjs';

const STATE = join(ROOT, '.nx');
const STAMP = join(STATE, 'built');
const LOCK = join(STATE, 'building');

/** No daemon stays behind, nothing asks questions, and no colours of a terminal in a log. */
const QUIET = { NX_DAEMON: 'false', NX_TUI: 'false' };

/** Whether a source is newer than the last build, as after a `git pull`. */
export function isStale() {
  if (rooms.length === 0) return false;
  if (!existsSync(STAMP) || rooms.some((room) => !existsSync(join(room, 'dist')))) return true;
  const builtAt = statSync(STAMP).mtimeMs;
  return (
    rooms.some((room) => changedSince(builtAt, join(room, 'src'))) || newer(builtAt, 'package-lock.json')
  );
}

/** Folders count too: only their own time tells that a file was removed. */
function changedSince(time, folder) {
  if (statSync(folder).mtimeMs > time) return true;
  return readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? changedSince(time, path) : statSync(path).mtimeMs > time;
  });
}

function newer(time, file) {
  return statSync(join(ROOT, file)).mtimeMs > time;
}

/**
 * Builds; a second build at the same time waits for the first. Its output goes to standard error, because what runs
 * afterwards may answer on standard output.
 *
 * @returns exit code
 */
export async function build() {
  await takeLock();
  try {
    const startedAt = new Date();
    const code = await runNode(
      programOf('nx'),
      ['run-many', '-t', 'build', '--output-style=stream-without-prefixes', '--skip-sync'],
      { env: QUIET, stdout: process.stderr },
    );
    if (code === 0) writeFileSync(STAMP, startedAt.toISOString());
    return code;
  } finally {
    rmSync(LOCK, { force: true });
  }
}

/** The lock is a file with the number of the process that builds; one that is gone holds nothing. */
async function takeLock() {
  mkdirSync(STATE, { recursive: true });
  for (;;) {
    try {
      writeFileSync(LOCK, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      if (!isAlive(holder())) rmSync(LOCK, { force: true });
      else await sleep(200);
    }
  }
}

function holder() {
  try {
    return Number(readFileSync(LOCK, 'utf8'));
  } catch {
    return 0; // given up just now
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = await build();
