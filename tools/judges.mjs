// Vendors' libraries that judge our signatures: large, and of use to the tests only, so `npm install` leaves them out.
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, run, runNode } from './workspace.mjs';

const FOLDER = join(ROOT, 'libs/senders/judges');

/** Installs them once, and again when their lock has changed. */
export async function provideJudges() {
  if (isInstalled()) return;
  process.stderr.write("Installing the vendors' libraries that judge our signatures.\n");
  const args = ['ci', '--ignore-scripts', '--prefix', FOLDER];
  const npm = process.env.npm_execpath; // this npm, if one started us
  const code = npm === undefined ? await run('npm', args) : await runNode(npm, args);
  if (code !== 0) process.stderr.write('They could not be installed; the tests of `judges` will not pass.\n');
}

function isInstalled() {
  const installed = join(FOLDER, 'node_modules/.package-lock.json');
  const lock = join(FOLDER, 'package-lock.json');
  return existsSync(installed) && statSync(installed).mtimeMs >= statSync(lock).mtimeMs;
}
