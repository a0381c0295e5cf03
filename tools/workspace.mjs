// What the tools share: where things are, and how to run a program.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** All rooms that have sources here: none in an image, or while its packages are installed before they are copied. */
export const rooms = ['libs', 'apps'].flatMap((kind) => {
  const folder = join(ROOT, kind);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.map((name) => join(folder, name)).filter((room) => existsSync(join(room, 'src')));
});

/** The program that a package brings, to be run by this Node: no shell, the same on every system. */
export function programOf(name) {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[name]);
}

/** The compiler of the rooms; `node_modules/.bin/tsc` may be either of two. */
export const tsc = join(ROOT, 'node_modules/@typescript/native/bin/tsc');

/**
 * Runs a program in the root folder and waits for its end.
 *
 * @returns its exit code; 1 if a signal ended it
 */
export function run(program, args, { env = {}, stdout = 'inherit' } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', stdout, 'inherit'],
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** Runs a JavaScript program with this Node. */
export function runNode(program, args = [], options = {}) {
  return run(process.execPath, [program, ...args], options);
}
