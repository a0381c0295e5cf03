import type { Locator } from 'playwright-core';
import { expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { send } from './support/outside.js';
import { startOwnProduct } from './support/own-product.js';

const WITHOUT_OWNER = { HOOKLOOM_OWNER_EMAIL: '', HOOKLOOM_OWNER_PASSWORD: '', HOOKLOOM_API_KEY: '' };

/** Counts what a person has to do. */
class Effort {
  clicks = 0;
  fields = 0;

  async click(target: Locator): Promise<void> {
    this.clicks += 1;
    await target.click();
  }
  async fill(target: Locator, text: string): Promise<void> {
    this.fields += 1;
    await target.fill(text);
  }
}

test('a blank server gives a copied URL in 5 clicks and 3 fields, and a live two-step workflow in 15 clicks', async ({
  browser,
  receiver,
}) => {
  await using own = await startOwnProduct(browser, { env: WITHOUT_OWNER });
  const { page, product, watch } = own;
  const effort = new Effort();
  const editor = new Editor(page);
  const setUpLink = /http\S+\/setup\?token=\S+/.exec(product.output())?.[0] ?? '';

  await page.goto(setUpLink);
  await effort.fill(page.getByRole('textbox', { name: /^Name/ }), 'Ana');
  await effort.fill(page.getByRole('textbox', { name: 'Email' }), 'ana@example.com');
  await effort.fill(page.getByRole('textbox', { name: 'Password', exact: true }), 'a quiet river bend 42');
  await effort.click(page.getByRole('button', { name: 'Create account' }));
  await effort.click(page.getByRole('button', { name: 'Start with a webhook' }));
  await editor.panel.waitFor();
  await effort.click(editor.panel.getByRole('button', { name: 'Copy URL' }));
  await page.getByRole('status', { name: 'Notifications' }).getByText('URL copied').waitFor();
  const url = await page.evaluate(() => navigator.clipboard.readText());
  expect(url).toMatch(/^http:\/\/localhost:\d+\/hooks\/\S{20,}$/);
  expect(effort).toMatchObject({ fields: 3 });
  expect(effort.clicks).toBeLessThanOrEqual(5);

  await effort.click(editor.button('Add step after Webhook'));
  await page.getByRole('searchbox', { name: 'Search steps' }).fill('http');
  await effort.click(page.getByRole('dialog', { name: 'Add step' }).getByRole('option').first());
  await effort.click(editor.field('URL'));
  await editor.fill('URL', `${receiver.url}/first`);
  await effort.click(editor.button('Publish'));
  await effort.click(editor.publishDialog.getByRole('button', { name: 'Publish', exact: true }));
  await editor.publishDialog.waitFor({ state: 'hidden' });
  expect(effort.clicks).toBeLessThanOrEqual(15);

  await send(url, { id: 1 });
  const [request] = await receiver.waitFor(1);
  expect(request?.url).toBe('/first');
  expect(watch.findings).toEqual([]);
});
