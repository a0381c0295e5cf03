import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, beforeAll, expect } from 'vitest';
import { screens, settle, show } from '../../tools/demo/screens.mjs';
import { seed, type Seeded } from '../../tools/demo/seed.mjs';
import { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';
import { pseudoLocale } from './support/pseudo-locale.js';
import { cutButtons, noteServerTexts, plainTexts } from './support/untranslated.js';
import { buildWeb, type WebBuild } from './support/web-build.js';

let outside: HttpReceiver;
let ids: Seeded;
let web: WebBuild;
beforeAll(async () => {
  web = await buildWeb([pseudoLocale()]);
  const api = new ApiClient(stage.url, stage.apiKey);
  outside = await startHttpReceiver((request, response) => {
    response.writeHead(request.url.startsWith('/crm-away') ? 503 : 200).end();
  });
  ids = await seed((method, path, body) => api.do(method, path, body), {
    base: stage.url,
    outside: outside.url,
  });
}, 180_000);
afterAll(async () => {
  await outside.close();
  await web.remove();
});

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

test.for([...ADDRESSES, VERSIONS, '/sign-in'])(
  'all that %s says can be translated, and no button is too narrow for a longer language',
  async (address, { context, page }) => {
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
