// What the tests need besides Node: a browser and a Redis server, from the PATH or from the system's packages.
import { existsSync } from 'node:fs';
import { CHROMIUM_PROGRAMS, findOnPath } from './chromium.mjs';
import { run } from './workspace.mjs';

const PARTS = [
  { name: 'Chromium', programs: CHROMIUM_PROGRAMS, package: 'chromium' },
  { name: 'Redis', programs: ['redis-server'], package: 'redis-server' },
];

const missing = () => PARTS.filter(({ programs }) => findOnPath(programs) === undefined);

/** Installs what is missing where this is root on Debian or Ubuntu; else says in one line what to install. */
export async function provideSystemParts() {
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync('/etc/debian_version')) await install();
  const still = missing();
  if (still.length === 0) return;
  const names = still.map(({ name, programs }) => `${name} (${programs[0]} on the PATH)`).join(' and ');
  process.stderr.write(`Install ${names} to run all tests; those that need it will not pass without it.\n`);
}

async function install() {
  const packages = missing().map((part) => part.package);
  process.stderr.write(`Installing ${packages.join(' and ')} for the tests.\n`);
  const apt = (...args) =>
    run('apt-get', ['-qq', '-o=Dpkg::Use-Pty=0', ...args], {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
      stdout: process.stderr,
    });
  await apt('update');
  await apt('install', '--yes', '--no-install-recommends', ...packages);
}
