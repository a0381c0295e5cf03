import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { screens, show } from '../../tools/demo/screens.mjs';
import { seed, type Seeded } from '../../tools/demo/seed.mjs';
import { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';
import { seriousFindings, sidewaysScroll, smallTargets } from './support/looks.js';

const SCREENS = screens({ live: '', failing: '', byHand: '', endpoint: '' });
/** All that another theme changes. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const PHONE = { width: 360, height: 740 };
/** What 1440 × 900 leaves at 200 %. */
const ZOOMED = { width: 720, height: 450 };

let outside: HttpReceiver;
let ids: Seeded;
beforeAll(async () => {
  const api = new ApiClient(stage.url, stage.apiKey);
  outside = await startHttpReceiver((request, response) => {
    response.writeHead(request.url.startsWith('/crm-away') ? 503 : 200).end();
  });
  ids = await seed((method, path, body) => api.do(method, path, body), {
    base: stage.url,
    outside: outside.url,
  });
});
afterAll(() => outside.close());

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

describe.each(SCREENS)('the screen $name', ({ name, isForPhones }) => {
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

/** The editor's dialogs are for a wide screen; what its addresses open is not. */
test.for(['editor-canvas', 'editor-outline', 'editor-panel', 'editor-settings', 'editor-trigger'])(
  'the screen %s fits a phone',
  async (name, { page }) => {
    await page.setViewportSize(PHONE);
    await show(page, { name, path: screenOf(name).path });
    await expectFitsPhone(page);
  },
);
