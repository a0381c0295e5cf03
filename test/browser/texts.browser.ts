import { afterAll, beforeAll } from 'vitest';
import { screens, settle, show } from '../../tools/demo/screens.mjs';
import type { Seeded } from '../../tools/demo/seed.mjs';
import { test } from './support/browser-test.js';
import { pseudoLocale } from './support/pseudo-locale.js';
import { seeded } from './support/seeded.js';
import { cutButtons, noteServerTexts, plainTexts } from './support/untranslated.js';
import { buildWeb, type WebBuild } from './support/web-build.js';

let ids: Seeded;
let web: WebBuild;
beforeAll(async () => {
  [web, ids] = await Promise.all([buildWeb([pseudoLocale()]), seeded()]);
}, 180_000);
afterAll(() => web.remove());

const ADDRESSES = [
  ...new Set(
    screens({ live: ':live', failing: ':failing', byHand: ':byHand', endpoint: ':endpoint' }).map(
      ({ path }) => path,
    ),
  ),
];
/** The address of what was made. */
function named(address: string): string {
  const { live, failing, byHand, endpoint } = ids;
  return address
    .replace(':live', live)
    .replace(':failing', failing)
    .replace(':byHand', byHand)
    .replace(':endpoint', endpoint);
}
const VERSIONS = '/workflows/:live/edit?version=list';

// Two at a time: much of a look is waiting.
test.concurrent.for([...ADDRESSES, VERSIONS, '/sign-in'])(
  'all that %s says can be translated, and no button is too narrow for a longer language',
  async (address, { context, page, expect }) => {
    await web.serve(context);
    const known = noteServerTexts(page);
    if (address === '/sign-in') await context.clearCookies();
    await show(page, { name: '', path: named(address) });
    const first = page.locator('tbody').getByRole('link').first();
    await expect.poll(() => plainTexts(page, known)).toEqual([]);
    expect(await cutButtons(page)).toEqual([]);
    if (!address.includes('status=') || (await first.count()) === 0) return;
    const list = page.url();
    await first.click();
    await page.waitForURL((url) => url.href !== list);
    await settle(page);
    await expect.poll(() => plainTexts(page, known)).toEqual([]);
    expect(await cutButtons(page)).toEqual([]);
  },
);
