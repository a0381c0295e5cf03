import { createHmac } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { EndpointView, EventDetail, Page as ListPage, RunSummary } from '@hookloom/contracts';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { until, type ApiClient } from '../support/api-client.js';
import { test } from './support/browser-test.js';
import { aWebhookWorkflow, endpointOf } from './support/outside.js';

const SECRET = 'known to both sides';

/** A workflow with its endpoint, and the list narrowed to it. */
async function open(page: Page, api: ApiClient, name: string, settings: object = {}) {
  const workflow = await aWebhookWorkflow(api, name);
  const endpoint = await endpointOf(api, workflow.id);
  const { id, key } = endpoint;
  await api.do('PUT', `/endpoints/${id}`, { name, key, ...settings });
  await page.goto(`/events?endpoint=${id}`);
  return { workflow, endpoint };
}

async function deliver(
  { url }: EndpointView,
  body: unknown,
  headers: Record<string, string> = {},
): Promise<string> {
  const all = { 'content-type': 'application/json', ...headers };
  const reply = await fetch(url, { method: 'POST', headers: all, body: JSON.stringify(body) });
  const answer: { eventId: string } = await reply.json();
  return answer.eventId;
}

function signed(body: unknown): Record<string, string> {
  const digest = createHmac('sha256', SECRET).update(JSON.stringify(body)).digest('hex');
  return { 'x-hub-signature-256': `sha256=${digest}`, 'x-github-event': 'push' };
}

const rows = (page: Page): Locator => page.getByRole('table', { name: 'Events' }).getByRole('row');
const row = (page: Page, name: RegExp): Locator => page.getByRole('row', { name });
const tab = (page: Page, name: RegExp): Locator => page.getByRole('tab', { name });
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

describe('the list of events', () => {
  test('tails live, and while it is paused only counts what is new', async ({ page, api }) => {
    const { endpoint } = await open(page, api, 'Tail');
    await page.getByText('No event fits.').waitFor();
    await deliver(endpoint, { n: 1 });
    await expect.poll(() => rows(page).count()).toBe(2);
    await button(page, 'Pause list').click();
    await deliver(endpoint, { n: 2 });
    await deliver(endpoint, { n: 3 });
    await button(page, '2 new').waitFor();
    expect(await rows(page).count()).toBe(2);
    await button(page, '2 new').click();
    await expect.poll(() => rows(page).count()).toBe(4);
  });

  test('keeps its filters in the address and under a name, and says which to drop', async ({ page, api }) => {
    const { endpoint } = await open(page, api, 'Filters');
    await deliver(endpoint, { data: { amount: 150 } }, { 'x-shop': 'north wind' });
    await deliver(endpoint, { data: { amount: 50 } });
    const search = page.getByRole('searchbox', { name: 'Search events' });
    await search.fill('data.amount > 100');
    await expect.poll(() => rows(page).count()).toBe(2);
    await page.reload();
    await expect.poll(() => rows(page).count()).toBe(2);
    await search.fill('north wind');
    await page.waitForURL(/q=north/);
    await expect.poll(() => rows(page).count()).toBe(2);

    await button(page, 'Saved views').click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('North');
    await page.keyboard.press('Enter');
    await button(page, 'North').waitFor();

    await button(page, 'Status').click();
    await page.getByRole('menuitemradio', { name: 'Rejected' }).click();
    await page.getByText('Events are found without one of these:').waitFor();
    expect(await page.getByRole('button', { name: /^Drop/ }).allTextContents()).toEqual([
      'Drop Status: Rejected',
    ]);
    await button(page, 'Drop Status: Rejected').click();
    await expect.poll(() => rows(page).count()).toBe(2);
    expect(new URL(page.url()).searchParams.has('status')).toBe(false);
  });
});

describe('an event', () => {
  test('shows a repeat as one, what was sent byte for byte, and what changed since the one before', async ({
    page,
    api,
  }) => {
    const { endpoint } = await open(page, api, 'Looked at', { dedupe: { key: 'trigger.body.id' } });
    await deliver(endpoint, { id: 1, total: 10 });
    await deliver(endpoint, { id: 1, total: 10 });
    await deliver(endpoint, { id: 2, total: 20 }, { 'x-api-key': 'in clear' });
    await row(page, /×2/).waitFor();
    await row(page, /Duplicate/)
      .getByRole('link')
      .first()
      .click();
    await page.getByText(/^Duplicate of .+, not run\.$/).waitFor();

    await row(page, /Captured/)
      .first()
      .getByRole('link')
      .first()
      .click();
    await tab(page, /^Compare/).click();
    await page.getByRole('row', { name: /total\s*10\s*20/ }).waitFor();
    await tab(page, /^Headers/).click();
    await page.getByText('content-type', { exact: true }).waitFor();
    expect(await page.getByText('in clear', { exact: true }).count()).toBe(0);
    await button(page, 'Show hidden values').click();
    await page.getByText('in clear', { exact: true }).waitFor();
    await tab(page, /^Answer/).click();
    await page.getByText('Nothing live starts from this URL').waitFor();
    await tab(page, /^Body/).click();
    await button(page, 'Table').click();
    await page.getByRole('columnheader', { name: 'total' }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download' }).click();
    expect(await text(await (await download).createReadStream())).toBe('{"id":2,"total":20}');
    await button(page, 'Share link').click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(/\/events\/[0-9a-f-]{36}$/);
  });

  test('tells why its signature failed, and leads to the secret', async ({ page, api }) => {
    const { endpoint, workflow } = await open(page, api, 'Doctor', {
      sender: 'github',
      secret: `${SECRET} `,
    });
    const body = { ref: 'main' };
    await deliver(endpoint, body, signed(body));
    await row(page, /push.*Rejected.*Failed/)
      .getByRole('link')
      .first()
      .click();
    await tab(page, /^Checks/).waitFor();
    await page.getByText('The signature did not match.').waitFor();
    await page
      .getByText(/blank|space/i)
      .first()
      .waitFor();
    await page.getByText('HMAC-SHA256 in header x-hub-signature-256').waitFor();
    await page.getByRole('link', { name: 'Replace secret' }).click();
    await page.waitForURL(new RegExp(`/workflows/${workflow.id}/edit\\?step=`));
    await page.getByRole('textbox', { name: 'Signing secret' }).waitFor();
  });

  test('of an unknown sender proposes one, and becomes the sample of its workflow', async ({ page, api }) => {
    const { endpoint, workflow } = await open(page, api, 'Recognised');
    await deliver(
      endpoint,
      { ref: 'a-branch' },
      { 'x-github-event': 'push', 'user-agent': 'GitHub-Hookshot/044aadd' },
    );
    await row(page, /POST request/)
      .getByRole('link')
      .first()
      .click();
    await button(page, 'Use the GitHub preset').click();
    await button(page, 'Use the GitHub preset').waitFor({ state: 'hidden' });
    await expect.poll(async () => (await endpointOf(api, workflow.id)).sender).toBe('github');
    await button(page, 'Use as sample').click();
    await page.waitForURL(/sample=/);
    await page.getByRole('combobox', { name: 'Sample' }).waitFor();
    await page.getByText('a-branch').first().waitFor();
  });
});

describe('a replay', () => {
  test('starts runs of the live version, a draft and another workflow, linked both ways', async ({
    page,
    api,
  }) => {
    const other = await aWebhookWorkflow(api, 'Replayed elsewhere');
    await api.do('POST', `/workflows/${other.id}/publish`);
    const { endpoint, workflow } = await open(page, api, 'Replayed');
    const eventId = await deliver(endpoint, { n: 1 });
    await api.do('POST', `/workflows/${workflow.id}/publish`);
    await page.goto(`/events/${eventId}?tab=runs`);
    await button(page, 'Replay event').click();
    const notes = page.getByRole('status', { name: 'Notifications' });
    await notes.getByText('A new run was started.').first().waitFor();
    const elsewhere = async (name: string, at: number) => {
      await button(page, 'Replay to another workflow').click();
      await page.getByRole('menuitem', { name, exact: true }).nth(at).click();
    };
    await elsewhere('Replayed elsewhere', 0);
    await elsewhere('Replayed', 1);
    await until('three runs', 20_000, async () => {
      const event = await api.do<EventDetail>('GET', `/events/${eventId}`);
      return event.runs.length === 3 || undefined;
    });
    await expect.poll(() => page.getByText('Replay', { exact: true }).count()).toBe(3);
    const { items } = await api.do<ListPage<RunSummary>>(
      'GET',
      `/runs?workflowId=${workflow.id}&kind=replay`,
    );
    expect(items.map(({ version }) => version).toSorted()).toEqual([1, null]);
    await page.getByRole('link', { name: 'Replayed elsewhere' }).click();
    await page.waitForURL(/\/runs\//);
    await page.getByRole('link', { name: /replay/i }).click();
    await page.waitForURL(new RegExp(`/events/${eventId}`));
  });

  test('of many says how many and how long, can be cancelled, and tells what came of each', async ({
    page,
    api,
  }) => {
    const { endpoint, workflow } = await open(page, api, 'Many');
    for (let n = 0; n < 30; n += 1) await deliver(endpoint, { n });
    await api.do('POST', `/workflows/${workflow.id}/publish`);
    await button(page, 'Replay events').click();
    const dialog = page.getByRole('dialog', { name: 'Replay events' });
    await dialog.getByText('30 events, about 300 ms at this rate.').waitFor();
    await dialog.getByText(/oldest first/).waitFor();
    await dialog.getByRole('combobox', { name: 'Events a second' }).selectOption('1 a second');
    await dialog.getByText('30 events, about 30 s at this rate.').waitFor();
    await dialog.getByRole('button', { name: 'Replay 30 events' }).click();
    const progress = page.getByRole('region', { name: 'Replay of events' });
    await progress.getByText(/[1-9]\d* done/).waitFor();
    await progress.getByRole('button', { name: 'Cancel replay' }).click();
    await progress.getByText('Replay was cancelled').waitFor();
    const numbers = async () => {
      const told = (await progress.getByText(/done, 0 failed, \d+ left/).textContent()) ?? '';
      const [done = 0, , left = 0] = [...told.matchAll(/\d+/g)].map(([digits]) => Number(digits));
      return { done, left };
    };
    const { done, left } = await numbers();
    expect(left).toBeGreaterThan(0);
    expect(done + left).toBe(30);
    await progress.getByRole('button', { name: 'Results' }).click();
    // One that was under way when the rest was cancelled may still be counted.
    const isEachListed = async () =>
      (await progress.getByRole('link', { name: /^Run/ }).count()) === (await numbers()).done;
    await expect.poll(isEachListed).toBe(true);
    await page.reload();
    await progress.getByText('Replay was cancelled').waitFor();
  });
});
