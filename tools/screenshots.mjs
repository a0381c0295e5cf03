// Takes pictures of every page of a running Hookloom, light and dark, wide and on a phone, and checks on the way:
// no console error, no request to another origin, no serious finding of axe.
//
//   node tools/screenshots.mjs --base-url http://localhost:3210 --email ana@example.com --password … [--out docs/screenshots]
//
// Set CHROMIUM to a browser's path where it is not /usr/bin/chromium.
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';

const { values: options } = parseArgs({
  options: {
    'base-url': { type: 'string', default: 'http://localhost:3210' },
    email: { type: 'string', default: '' },
    password: { type: 'string', default: '' },
    out: { type: 'string', default: 'docs/screenshots' },
  },
});
const base = new URL(options['base-url']).origin;

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Each page: its file's name, its address, and what to do there before the picture. */
const PAGES = [
  { name: 'workflows', path: '/workflows' },
  { name: 'workflow', path: '/workflows', open: openFirstRow },
  { name: 'events', path: '/events' },
  { name: 'event-rejected', path: '/events?status=rejected', open: openFirstRow },
  { name: 'event-body', path: '/events?status=accepted&tab=body', open: openFirstRow },
  { name: 'runs', path: '/runs' },
  { name: 'run-failed', path: '/runs?status=failed', open: openFirstRow },
  { name: 'run-succeeded', path: '/runs?status=succeeded', open: openFirstRow },
  { name: 'connections', path: '/connections' },
  { name: 'settings', path: '/settings' },
];

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const findings = [];
const profile = await mkdtemp(join(tmpdir(), 'hookloom-screenshots-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ARGS,
  viewport: WIDE,
});
try {
  await mkdir(options.out, { recursive: true });
  const page = await context.newPage();
  watch(page);
  await signIn(page);
  for (const each of PAGES) await picture(page, each);
} finally {
  await context.close();
  await rm(profile, { recursive: true, force: true });
}
for (const finding of findings) console.error(finding);
console.log(`${findings.length} findings; pictures are in ${options.out}`);
process.exitCode = findings.length === 0 ? 0 : 1;

function watch(page) {
  page.on('console', (message) => {
    if (message.type() === 'error') findings.push(`console at ${page.url()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => findings.push(`error at ${page.url()}: ${error.message}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(base)) findings.push(`request to another origin: ${request.url()}`);
  });
}

async function signIn(page) {
  await page.goto(`${base}/`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  if (page.url().includes('/setup')) {
    await shots(page, 'setup');
    throw new Error('Nobody owns this server yet: open the set-up link first.');
  }
  await shots(page, 'sign-in');
  await page.getByRole('textbox', { name: 'Email' }).fill(options.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(options.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Workflows' }).waitFor();
}

async function picture(page, { name, path, open }) {
  await page.goto(base + path);
  await page.locator('main .card').first().waitFor();
  await settle(page);
  if (open && !(await open(page))) return console.log(`${name}: nothing to open`);
  await settle(page);
  await shots(page, name);
}

async function openFirstRow(page) {
  const link = page.locator('tbody tr a.open').first();
  const isThere = await link.waitFor({ timeout: 5_000 }).then(
    () => true,
    () => false,
  );
  if (isThere) await link.click();
  return isThere;
}

/** Streams stay open, so there is no idle network to wait for: the page is settled when nothing is loading. */
async function settle(page) {
  await page.waitForTimeout(300);
  await page.waitForFunction(() => document.querySelector('[aria-busy="true"]') === null);
  await page.evaluate(() => document.fonts.ready.then(() => true));
}

async function shots(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(WIDE);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(options.out, `${name}-${colorScheme}.png`) });
    await check(page, `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(PHONE);
  await page.waitForTimeout(200);
  await page.screenshot({ path: join(options.out, `${name}-phone.png`) });
  await check(page, `${name}, phone`);
  const spare = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (spare > 0) findings.push(`${name}: ${spare} px to scroll sideways on a phone`);
  await page.setViewportSize(WIDE);
}

async function check(page, where) {
  await page.evaluate(axe);
  const violations = await page.evaluate(async () => {
    const { violations: all } = await globalThis.axe.run(document, { resultTypes: ['violations'] });
    return all
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  });
  findings.push(...violations.map((violation) => `axe at ${where}: ${violation}`));
}
