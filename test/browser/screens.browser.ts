import type { Page } from 'playwright-core';
import { beforeAll, describe, expect } from 'vitest';
import { hostedPages, screens, show } from '../../tools/demo/screens.mjs';
import type { Seeded } from '../../tools/demo/seed.mjs';
import { newContext, stage, test } from './support/browser-test.js';
import { seriousFindings, sidewaysScroll, smallTargets } from './support/looks.js';
import { seeded } from './support/seeded.js';

const SCREENS = screens({ live: '', failing: '', byHand: '', endpoint: '', polling: '', looped: '' });
/** All that another theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const PHONE = { width: 360, height: 740 };
/** What 1440 × 900 leaves at 200 %. */
const ZOOMED = { width: 720, height: 450 };

let ids: Seeded;
beforeAll(async () => {
  ids = await seeded();
});

function screenOf(name: string) {
  const found = screens(ids).find((screen) => screen.name === name);
  if (found === undefined) throw new Error(`There is no screen ${name}`);
  return found;
}

/** Nothing to scroll sideways, nothing too small for a finger. */
async function expectFitsPhone(page: Page): Promise<void> {
  await page.setViewportSize(PHONE);
  expect(await sidewaysScroll(page)).toBe(0);
  expect(await smallTargets(page)).toEqual([]);
}

// Two at a time: much of a look is waiting.
describe.concurrent.each(SCREENS)('the screen $name', ({ name, isForPhones }) => {
  test('has no serious finding of axe, light and dark, and stands at 200 % and on a phone', async ({
    page,
  }) => {
    await show(page, screenOf(name));
    const findings = await seriousFindings(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    findings.push(...(await seriousFindings(page, COLOURS)));
    expect(findings).toEqual([]);
    await page.setViewportSize(ZOOMED);
    expect(await sidewaysScroll(page)).toBe(0);
    if (isForPhones) await expectFitsPhone(page);
  });
});

/** Their policy forbids scripts, those of a look as well. */
test('the pages for people without a login have no serious finding of axe, light and dark, and fit a phone', async ({
  browser,
  onTestFinished,
}) => {
  const context = await newContext(browser, stage.url, { bypassCSP: true });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  for (const screen of hostedPages(ids)) {
    await page.emulateMedia({ colorScheme: 'light' });
    await show(page, screen);
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page, COLOURS)).toEqual([]);
    await expectFitsPhone(page);
  }
});

/** The editor's dialogs are for a wide screen; what its addresses open is not. */
test.concurrent.for(['editor-canvas', 'editor-outline', 'editor-panel', 'editor-settings', 'editor-trigger'])(
  'the screen %s fits a phone',
  async (name, { page }) => {
    await page.setViewportSize(PHONE);
    await show(page, { name, path: screenOf(name).path });
    await expectFitsPhone(page);
  },
);
