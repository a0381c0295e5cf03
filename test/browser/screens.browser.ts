import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { screens, show } from '../../tools/demo/screens.mjs';
import { seed, type Seeded } from '../../tools/demo/seed.mjs';
import { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';
import { seriousFindings, sidewaysScroll, smallTargets } from './support/looks.js';

const NAMES = screens({ live: '', failing: '' }).map(({ name }) => name);
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

describe.each(NAMES)('the screen %s', (name) => {
  test('has no serious finding of axe, light and dark, and stands at 200 %', async ({ page }) => {
    await show(page, screenOf(name));
    const findings: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      findings.push(...(await seriousFindings(page)));
    }
    expect(findings).toEqual([]);
    await page.setViewportSize(ZOOMED);
    expect(await sidewaysScroll(page)).toBe(0);
  });

  test('fits a phone: nothing to scroll sideways, nothing too small for a finger', async ({ page }) => {
    await page.setViewportSize(PHONE);
    const screen = screenOf(name);
    await show(page, screen.isForPhones ? screen : { name, path: screen.path });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(await smallTargets(page)).toEqual([]);
  });
});
