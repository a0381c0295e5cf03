import type { EndpointView, WorkflowView } from '@hookloom/contracts';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { aWebhookWorkflow, endpointOf } from './support/outside.js';
import type { ApiClient } from '../support/api-client.js';

interface Opened {
  readonly editor: Editor;
  readonly workflow: WorkflowView;
  readonly endpoint: EndpointView;
}

async function open(page: Page, api: ApiClient, name: string): Promise<Opened> {
  const workflow = await aWebhookWorkflow(api, name);
  const editor = new Editor(page);
  await page.goto(`/workflows/${workflow.id}/edit?step=webhook`);
  await editor.button('Copy URL').waitFor();
  return { editor, workflow, endpoint: await endpointOf(api, workflow.id) };
}

async function chooseSender({ editor }: Opened, name: string): Promise<void> {
  await editor.field('Sender').fill(name);
  await editor.page
    .getByRole('option', { name: new RegExp(`^${name}`) })
    .first()
    .click();
}

/** A row of the list of events. */
function row({ editor }: Opened, name: RegExp): Locator {
  return editor.panel.getByRole('row', { name });
}

function deliver(
  { endpoint }: Opened,
  body: string,
  headers: Record<string, string> = {},
): Promise<Response> {
  const all = { 'content-type': 'application/json', ...headers };
  return fetch(endpoint.url, { method: 'POST', headers: all, body });
}

describe('the panel of a webhook', () => {
  test('copies the exact URL and says so', async ({ page, api, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const opened = await open(page, api, 'Copied');
    await opened.editor.button('Copy URL').click();
    await page.getByRole('status', { name: 'Notifications' }).getByText('URL copied').waitFor();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(opened.endpoint.url);
  });

  test('lists ten events sent in a row before anything is published', async ({ page, api }) => {
    const opened = await open(page, api, 'Ten in a row');
    await opened.editor.panel.getByText('Waiting for the first event. The URL is on now.').waitFor();
    for (let n = 0; n < 10; n += 1) expect((await deliver(opened, JSON.stringify({ n }))).status).toBe(200);
    await expect.poll(() => row(opened, /Captured/).count()).toBe(10);
  });

  test('sends a verified sample, and explains a refusal beside its body', async ({ page, api }) => {
    const opened = await open(page, api, 'Verified');
    await chooseSender(opened, 'Stripe');
    await opened.editor.fill('Signing secret', 'whsec_of_the_shop');
    await opened.editor.button('Save secret').click();
    await opened.editor.button('Replace secret').waitFor();
    await opened.editor.button('Send sample event').click();
    await row(opened, /payment_intent\.succeeded.*Captured.*Verified/).waitFor();

    const headers = { 'stripe-signature': `t=1795000000,v1=${'0'.repeat(64)}` };
    expect((await deliver(opened, '{"note":"forged"}', headers)).status).toBe(401);
    await row(opened, /Rejected.*Failed/)
      .getByRole('button')
      .click();
    await opened.editor.panel.getByText('HMAC-SHA256 in header stripe-signature').last().waitFor();
    await opened.editor.panel.getByText('"forged"').waitFor();
  });

  test('proposes the sender of what came, and takes it in one click', async ({ page, api }) => {
    const opened = await open(page, api, 'Proposed');
    await deliver(opened, '{}', { 'x-github-event': 'push', 'user-agent': 'GitHub-Hookshot/044aadd' });
    await opened.editor.button('Use the GitHub preset').click();
    await expect.poll(() => opened.editor.field('Sender').inputValue()).toBe('GitHub');
    await expect.poll(async () => (await endpointOf(api, opened.workflow.id)).sender).toBe('github');
  });

  test('saves settings by itself, and keeps the old URL for a while', async ({ page, api }) => {
    const opened = await open(page, api, 'Saved');
    await page.getByRole('button', { name: /^Protection/ }).click();
    await opened.editor.fill('Duplicate key', 'body.id');
    await opened.editor.panel.getByText('Saved', { exact: true }).waitFor();
    await page.getByRole('button', { name: /^New URL/ }).click();
    await opened.editor.button('Rotate URL').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate URL' }).click();
    await page.getByText('New URL made').waitFor();
    const now = await endpointOf(api, opened.workflow.id);
    expect(now).toMatchObject({ dedupe: { key: 'body.id' } });
    expect(now.url).not.toBe(opened.endpoint.url);
    expect((await deliver(opened, '{"id":1}')).status).toBe(200);
  });
});
