// npm run screenshots: takes pictures of every screen, light and dark, wide and on a phone, of a product that it starts
// itself and fills with a small shop's workflows. Build first.
//
//   npm run screenshots -- [--out docs/screenshots] [--only editor-canvas,runs]
import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from './chromium.mjs';
import { hostedPages, screens, show } from './demo/screens.mjs';
import { seed } from './demo/seed.mjs';
import { ROOT } from './workspace.mjs';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string', default: 'docs/screenshots' },
    only: { type: 'string' },
    port: { type: 'string', default: '3299' },
  },
});
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const READY_MS = 120_000;
const base = `http://localhost:${options.port}`;
const owner = { email: 'ana@example.com', password: 'a quiet river bend 42' };
const key = 'hl_the-pictures-are-taken-of-a-small-shop';
const isWanted = ({ name }) => options.only === undefined || options.only.split(',').includes(name);

const folder = await mkdtemp(join(tmpdir(), 'hookloom-screenshots-'));
const outside = createServer((request, response) => {
  response.writeHead(request.url.startsWith('/crm-away') ? 503 : 200).end('{}');
});
await new Promise((resolve) => outside.listen(0, '127.0.0.1', resolve));
const product = start();
const browser = await chromium.launch({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
try {
  await mkdir(options.out, { recursive: true });
  await ready();
  const context = await browser.newContext({ baseURL: base, viewport: WIDE, locale: 'en-GB' });
  const page = await context.newPage();
  const signIn = { name: 'sign-in', path: '/sign-in', isForPhones: true };
  if (isWanted(signIn)) await pictures(page, signIn);
  await context.request.post('/api/v1/auth/login', { data: owner });
  const ids = await seed(call, { base, outside: `http://127.0.0.1:${outside.address().port}` });
  for (const screen of screens(ids).filter(isWanted)) await pictures(page, screen);
  const anybody = await browser.newContext({ viewport: WIDE, locale: 'en-GB', bypassCSP: true });
  const hosted = await anybody.newPage();
  for (const screen of hostedPages(ids).filter(isWanted))
    await pictures(hosted, { ...screen, isForPhones: true });
} finally {
  await browser.close();
  outside.close();
  process.kill(-product.pid, 'SIGTERM');
  await new Promise((resolve) => product.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
}

function start() {
  const env = {
    HOOKLOOM_PORT: options.port,
    HOOKLOOM_DATA_DIR: folder,
    HOOKLOOM_PUBLIC_URL: 'http://hooks.northwind.example',
    HOOKLOOM_OWNER_EMAIL: owner.email,
    HOOKLOOM_OWNER_PASSWORD: owner.password,
    HOOKLOOM_API_KEY: key,
    HOOKLOOM_ALLOWED_PRIVATE_HOSTS: '127.0.0.0/8',
    HOOKLOOM_LOG_LEVEL: 'warn',
  };
  return spawn('npm', ['run', '-s', 'start'], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
    detached: true,
  });
}

async function ready() {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    const answer = await fetch(`${base}/health/ready`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`The product was not ready within ${READY_MS} ms.`);
}

async function call(method, path, body) {
  const response = await fetch(`${base}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return text === '' ? undefined : JSON.parse(text);
}

async function pictures(page, screen) {
  await page.setViewportSize(WIDE);
  await show(page, screen);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await take(page, `${screen.name}-${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  if (!screen.isForPhones) return;
  await page.setViewportSize(PHONE);
  await take(page, `${screen.name}-phone`);
}

async function take(page, name) {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(options.out, `${name}.png`), animations: 'disabled', scale: 'css' });
  process.stdout.write(`${name}\n`);
}
