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

/** What was made, by the names that stand for it in a test's name. */
const NAMES = {
  live: ':live',
  failing: ':failing',
  byHand: ':byHand',
  endpoint: ':endpoint',
  polling: ':polling',
  looped: ':looped',
} as const;
const ADDRESSES = [...new Set(screens(NAMES).map(({ path }) => path))];
/** The address of what was made. */
function named(address: string): string {
  return Object.entries(NAMES).reduce(
    (path, [what, name]) => path.replace(name, ids[what as keyof typeof NAMES]),
    address,
  );
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
