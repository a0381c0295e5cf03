/** Starting, measuring and stopping the processes that a load run is made of. */
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));

export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Starts a Node program and resolves when it prints a line that matches `ready`. */
export async function startNode(file, { env = {}, args = [], ready }) {
  const child = spawn(process.execPath, [file, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const ended = new Promise((resolve) => child.once('exit', resolve));
  await new Promise((resolve, reject) => {
    const look = (chunk) => {
      output += chunk;
      if (ready.test(output)) resolve();
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    ended.then((code) => reject(new Error(`${file} ended with ${code}:\n${output}`)));
  });
  return {
    pid: child.pid,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      await ended;
    },
  };
}

/** One run of the load generator; see its head for the options. */
export async function load(options) {
  const child = spawn(process.execPath, [`${ROOT}test/load/load-generator.mjs`, JSON.stringify(options)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  await new Promise((resolve) => child.once('exit', resolve));
  return JSON.parse(output);
}

/** Resident memory of a process without its children, MiB. */
export function residentOfOneMiB(pid) {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readOr(`/proc/${pid}/status`))?.[1] ?? 0;
  return Math.round(Number(kib) / 1024);
}

/** Resident memory of a process and all its children, MiB. */
export function residentMiB(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = readOr(`/proc/${name}/status`);
    const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
    const kib = Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
    parents.set(Number(name), { parent: Number(parent), kib });
  }
  const sum = (id) => {
    let kib = parents.get(id)?.kib ?? 0;
    for (const [child, { parent }] of parents) if (parent === id) kib += sum(child);
    return kib;
  };
  return Math.round(sum(pid) / 1024);
}

function readOr(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

export const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
