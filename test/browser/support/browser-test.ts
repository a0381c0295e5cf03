import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import {
  chromium,
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
} from 'playwright-core';
import { expect, inject, test as base } from 'vitest';
import { ApiClient } from '../../support/api-client.js';
import type { Stage } from './stage.js';
import { watchPage, type Watch } from './watch.js';

const FAILURES = fileURLToPath(new URL('../../../.failures/', import.meta.url));
const WIDE = { width: 1440, height: 900 };
/** Long enough for a busy machine; what is waited for comes much sooner. */
const PATIENCE_MS = 20_000;

/** The stage of this worker: Vitest counts workers from one. */
export const stage: Stage = stageOf(Number(process.env['VITEST_POOL_ID']));

function stageOf(worker: number): Stage {
  const found = inject('stages')[worker - 1];
  if (found === undefined) throw new Error(`There is no stage for worker ${worker}.`);
  return found;
}

interface Fixtures {
  readonly api: ApiClient;
  /** A server outside, that steps send to. */
  readonly receiver: HttpReceiver;
  readonly browser: Browser;
  /** A browser of its own for each test, signed in. */
  readonly context: BrowserContext;
  readonly page: Page;
  readonly watch: Watch;
}

/**
 * A test on the shared stage. It fails also by what nobody asked for: a console error, an uncaught error, a request
 * to another origin. A failed test leaves a picture in `.failures`.
 */
export const test = base.extend<Fixtures>({
  api: [new ApiClient(stage.url, stage.apiKey), { scope: 'file' }],
  receiver: async ({ onTestFinished }, use) => {
    const receiver = await startHttpReceiver();
    onTestFinished(() => receiver.close());
    await use(receiver);
  },
  browser: [
    // Vitest wants a fixture's first parameter taken apart.
    async ({ api: _api }, use) => {
      const browser = await chromium.connect(stage.browser);
      await use(browser);
      await browser.close();
    },
    { scope: 'file' },
  ],
  context: async ({ browser }, use) => {
    const context = await newContext(browser, stage.url, { storageState: stage.session });
    await use(context);
    await context.close();
  },
  page: async ({ context, task }, use) => {
    const page = await context.newPage();
    await use(page);
    if (task.result?.state === 'fail') await keepPicture(page, task.name);
  },
  watch: [
    async ({ page }, use) => {
      const watch = watchPage(page, stage.url);
      await use(watch);
      expect(watch.findings).toEqual([]);
    },
    { auto: true },
  ],
});

/** A browser with a clipboard, in English, in which nothing moves. */
export async function newContext(
  browser: Browser,
  origin: string,
  more: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: WIDE,
    locale: 'en-GB',
    reducedMotion: 'reduce',
    ...more,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  return context;
}

async function keepPicture(page: Page, name: string): Promise<void> {
  await mkdir(FAILURES, { recursive: true });
  const file = `${name.replaceAll(/[^\w]+/g, '-')}.png`;
  await page.screenshot({ path: join(FAILURES, file) }).catch(() => undefined);
}
