import { describe, expect } from 'vitest';
import { stage, test } from './support/browser-test.js';
import { expectText } from './support/editor.js';
import { aWebhookWorkflow } from './support/outside.js';

describe('the frame', () => {
  test('begins with a link that skips to the content', async ({ page }) => {
    await page.goto('/workflows');
    await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Skip to content' });
    await skip.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('main').and(page.locator(':focus')).waitFor();
  });

  test('keeps the rail in the editor with icons only, and each of the two as it was chosen', async ({
    page,
    api,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Rail');
    const rail = page.getByRole('navigation', { name: 'Main' });
    const widthOf = async () => (await rail.boundingBox())?.width;
    await page.goto('/workflows');
    await rail.waitFor();
    await expect.poll(widthOf).toBe(220);
    await page.goto(`/workflows/${id}/edit`);
    await rail.getByRole('link', { name: 'Workflows' }).waitFor();
    await expect.poll(widthOf).toBe(56);
    await rail.getByRole('link', { name: 'Runs' }).hover();
    await expectText(page.getByRole('tooltip'), 'Runs');
    await rail.getByRole('button', { name: 'Expand navigation' }).click();
    await page.reload();
    await rail.getByRole('button', { name: 'Collapse navigation' }).waitFor();
    await expect.poll(widthOf).toBe(220);
  });

  test('finds pages, workflows and commands by their words with Ctrl K', async ({ page, api }) => {
    const workflow = await aWebhookWorkflow(api, 'Zebra deliveries');
    await page.goto('/events');
    await page.getByRole('heading', { level: 1, name: 'Events' }).waitFor();
    const palette = page.getByRole('dialog', { name: 'Command palette' });
    await page.keyboard.press('Control+k');
    await palette.waitFor();
    await page.keyboard.type('conne');
    await palette.getByRole('option', { name: 'Connections' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/connections');
    await palette.waitFor({ state: 'hidden' });

    await page.keyboard.press('Control+k');
    await page.keyboard.type('zebra');
    await palette.getByRole('option', { name: 'Zebra deliveries' }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/workflows/${workflow.id}/edit*`);

    await page.getByRole('application', { name: 'Workflow canvas' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.keyboard.type('theme dark');
    await palette.getByRole('option', { name: 'Theme: Dark' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('html[data-theme=dark]').waitFor();
  });

  test('lists the shortcuts with ?, and single keys can be switched off', async ({ page }) => {
    const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await page.goto('/workflows');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('?');
    await sheet.getByText('Find a command, page or workflow').waitFor();
    await sheet.getByRole('checkbox', { name: /^Single keys give commands/ }).uncheck();
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'hidden' });
    await page.keyboard.press('?');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command palette' }).waitFor();
    expect(await sheet.count()).toBe(0);
  });

  test('offers help from this server only', async ({ page }) => {
    await page.goto('/workflows');
    await page.getByRole('button', { name: 'Help' }).click();
    await page.getByRole('menuitem', { name: 'API reference' }).click();
    await page.waitForURL('**/api/docs*');
    expect(new URL(page.url()).origin).toBe(stage.url);
  });
});
