// npm run dev: compiles on every change, restarts the server when it compiles, and serves the web app with live reload.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build, isStale } from './build.mjs';
import { programOf, ROOT, rooms, tsc } from './workspace.mjs';

const web = join(ROOT, 'apps/web');
const compiled = rooms.filter((room) => room !== web);

/** Runs the server, one at a time: a change while it restarts is answered by one more restart. */
class Server {
  #child;
  #turn = Promise.resolve();

  restart() {
    this.#turn = this.#turn.then(() => this.#replace());
  }

  async #replace() {
    await this.end();
    this.#child = spawn(process.execPath, ['apps/launcher/dist/cli.js', 'start'], {
      cwd: ROOT,
      stdio: 'inherit',
    });
  }

  async end() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
}

function watchCompiler(onClean) {
  const child = spawn(process.execPath, [tsc, '-b', '--watch', '--preserveWatchOutput', ...compiled], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    process.stdout.write(`${line}\n`);
    if (line.includes('Found 0 errors')) onClean();
  });
  return child;
}

const code = isStale() ? await build() : 0;
if (code !== 0) process.exit(code);

const server = new Server();
const compiler = watchCompiler(() => server.restart());
const page = spawn(process.execPath, [programOf('vite'), '--clearScreen', 'false'], {
  cwd: web,
  stdio: 'inherit',
});

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    compiler.kill();
    page.kill();
    await server.end();
    process.exit(0);
  });
}
