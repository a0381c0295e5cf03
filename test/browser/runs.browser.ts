import type { Page } from 'playwright-core';
import { RunDetail, RunSummary, type RunCount, type WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { z } from 'zod';
import type { ApiClient } from '../support/api-client.js';
import { test } from './support/browser-test.js';
import { aWebhookWorkflow, endpointOf, send } from './support/outside.js';

const Runs = z.object({ items: z.array(RunSummary) });

/** Tells one server, then calls another one that may refuse. */
const steps = (outside: string) => [
  { id: 'tell', type: 'http', name: 'Tell', config: { method: 'POST', url: `${outside}/tell`, body: '1' } },
  {
    id: 'call',
    type: 'http',
    name: 'Call',
    retry: { maxAttempts: 1 },
    config: { method: 'POST', url: `${outside}/call`, body: '{{ trigger.body }}' },
  },
];

async function runsOf(api: ApiClient, workflowId: string, status: string) {
  return Runs.parse(await api.do('GET', `/runs?workflowId=${workflowId}&status=${status}`)).items;
}

async function aRunThat(api: ApiClient, workflowId: string, status: string): Promise<string> {
  const newest = async () => (await runsOf(api, workflowId, status))[0]?.id ?? '';
  await expect.poll(newest).not.toBe('');
  return newest();
}

const card = (page: Page, name: string) =>
  page.getByRole('application', { name: 'Workflow canvas' }).getByRole('group', { name, exact: true });

describe('a failed run', () => {
  test('says why and what a retry will do, and goes on in sight without sending again what was sent', async ({
    page,
    api,
    receiver,
  }) => {
    let isAway = true;
    receiver.answer(({ url }, response) => response.writeHead(isAway && url === '/call' ? 404 : 200).end());
    const { id } = await aWebhookWorkflow(api, 'Mended', steps(receiver.url));
    await api.do('POST', `/workflows/${id}/publish`);
    await send((await endpointOf(api, id)).url, { order: 'A-1' });
    const runId = await aRunThat(api, id, 'failed');

    await page.goto(`/runs/${runId}`);
    await page.getByText('2 steps keep their saved output. 1 step will run: Call.').waitFor();
    await expect.poll(() => card(page, 'Call').getAttribute('data-status')).toBe('failed');

    await card(page, 'Tell').getByRole('button').click();
    await page
      .getByRole('region', { name: 'Waterfall' })
      .getByRole('button', { name: /^Tell/, pressed: true })
      .waitFor();
    await page.keyboard.press(']');
    await card(page, 'Call').getByRole('button', { pressed: true }).waitFor();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByText('Attempt 1 began').waitFor();
    await page.keyboard.press('[');
    await card(page, 'Tell').getByRole('button', { pressed: true }).waitFor();
    await page.keyboard.press(']');
    for (const tab of ['Input', 'Output', 'Error', 'Request and response'])
      await page.getByRole('tab', { name: tab }).waitFor();

    isAway = false;
    await page.getByRole('button', { name: 'Retry from failed step' }).click();
    await page.locator('[data-status=succeeded]', { hasText: 'Call' }).first().waitFor();
    expect(receiver.requests.map(({ url }) => url)).toEqual(['/tell', '/call', '/call']);
    // A step is shown as it goes: its run may still be ending.
    const status = async () => RunDetail.parse(await api.do('GET', `/runs/${runId}`)).status;
    await expect.poll(status).toBe('succeeded');

    await page.getByRole('button', { name: 'Run again from start' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(runId));
    await page.locator('[data-status=succeeded]', { hasText: 'Call' }).first().waitFor();
    await page.getByRole('button', { name: 'More actions for this run' }).click();
    await page.getByRole('menuitem', { name: 'Compare with another run' }).click();
    const compared = page.getByRole('dialog', { name: 'Compare runs' });
    await compared.getByRole('cell', { name: 'Tell' }).waitFor();
    await page.keyboard.press('Escape');
    await expectCanBeTakenAlong(page);
    await expectSaysWhatIsLive(page, api, id);
  });
});

async function choose(page: Page, action: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions for this run' }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

/** As a file, as a link, and into the editor. */
async function expectCanBeTakenAlong(page: Page): Promise<void> {
  const download = page.waitForEvent('download');
  await choose(page, 'Download JSON');
  expect((await download).suggestedFilename()).toMatch(/^run-.*\.json$/);
  await choose(page, 'Copy link');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  const run = page.url();
  await choose(page, 'Open in editor with this data');
  const canvas = page.getByRole('application', { name: 'Workflow canvas' });
  await canvas.locator('[data-status=succeeded]', { hasText: 'Call' }).waitFor();
  await page.goto(run);
}

/** Once another version is live, with what differs. */
async function expectSaysWhatIsLive(page: Page, api: ApiClient, workflowId: string): Promise<void> {
  const { definition, revision } = await api.do<WorkflowView>('GET', `/workflows/${workflowId}`);
  Object.assign(definition.steps[1] ?? {}, { name: 'Tell them' });
  await api.do('PUT', `/workflows/${workflowId}`, { definition, revision });
  await api.do('POST', `/workflows/${workflowId}/publish`);
  await page.reload();
  await page.getByText('Version 1, as it ran. Live is version 2.').waitFor();
  await page.getByRole('link', { name: 'See changes' }).click();
  await page.getByText('Tell them').first().waitFor();
}

describe('a run with more rounds than its page has', () => {
  test('shows those that failed first, leafs on past what is read, and goes to any of them', async ({
    page,
    api,
  }) => {
    const { id, definition } = await aWebhookWorkflow(api, 'Many rounds', [
      { id: 'each', type: 'foreach', name: 'Each', config: { items: '[1..1300]', onItemError: 'collect' } },
      {
        id: 'check',
        type: 'transform',
        name: 'Check',
        config: { expression: 'item % 500 = 0 ? $error("Number " & item) : item' },
      },
    ]);
    Object.assign(definition.edges[1] ?? {}, { sourceHandle: 'each' });
    await api.do('PUT', `/workflows/${id}`, { definition, revision: 1 });
    await api.do('POST', `/workflows/${id}/publish`);
    await send((await endpointOf(api, id)).url, {});
    const runId = await aRunThat(api, id, 'succeeded');

    await page.goto(`/runs/${runId}`);
    await page.getByRole('button', { name: /^Check ×1,300/ }).waitFor();
    const rounds = page.getByRole('group', { name: 'Rounds of the loop' });
    const round = rounds.getByRole('textbox', { name: /^Round/ });
    const next = rounds.getByRole('button', { name: 'Next round' });
    await rounds.getByText('2 rounds failed, shown first').waitFor();
    for (const number of ['500', '1000', '1']) {
      await expect.poll(() => round.inputValue()).toBe(number);
      await next.click();
    }
    await round.fill('1190');
    await round.press('Enter');
    await page.waitForURL(/step=each%5B1189%5D\.check|step=each\[1189\]\.check/);
    await expect.poll(() => round.inputValue()).toBe('1190');
    await next.click();
    await expect.poll(() => round.inputValue()).toBe('1191');
    await page.getByRole('tab', { name: 'Output' }).click();
    await page.getByRole('tabpanel').getByText('1191').waitFor();
  });
});

/** Counts what a person presses on this page from now on. */
async function countClicks(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const { dataset } = document.documentElement;
    dataset['clicks'] = '0';
    const count = (event: Event): void => {
      if (event.isTrusted) dataset['clicks'] = String(Number(dataset['clicks']) + 1);
    };
    document.addEventListener('pointerdown', count, true);
  });
  return () => page.evaluate(() => Number(document.documentElement.dataset['clicks']));
}

/** From a run back to the list it was opened from: with its filters, where it was read. */
async function expectBackKeepsPlace(page: Page): Promise<void> {
  await page.goBack();
  const last = page.getByRole('link', { name: 'Bad night' }).nth(39);
  await last.scrollIntoViewIfNeeded();
  const top = () =>
    page.getByRole('table', { name: 'Runs' }).evaluate((table) => table.closest('section')?.scrollTop ?? 0);
  const [before, list] = [await top(), page.url()];
  expect(before).toBeGreaterThan(100);
  await last.click();
  await page.getByText('“Call” gave up after 1 attempt.').waitFor();
  await page.goBack();
  await expect.poll(top).toBe(before);
  expect(page.url()).toBe(list);
}

describe('forty runs of a bad night', () => {
  test('say why they failed within two clicks, and are mended together with the version that has the fix', async ({
    page,
    api,
    receiver,
  }) => {
    receiver.answer(({ url }, response) => response.writeHead(url === '/call' ? 404 : 200).end());
    const workflow = await aWebhookWorkflow(api, 'Bad night', steps(receiver.url));
    const { id, definition } = workflow;
    await api.do('POST', `/workflows/${id}/publish`);
    const { url } = await endpointOf(api, id);
    const orders = Array.from({ length: 40 }, (_, at) => `B-${at}`);
    await Promise.all(orders.map((order) => send(url, { order })));
    const failed = () => api.do<RunCount>('GET', `/runs/count?workflowId=${id}&status=failed`);
    await expect.poll(async () => (await failed()).count, { timeout: 60_000 }).toBe(40);

    await page.goto('/runs');
    const cause = page
      .getByRole('region', { name: 'Why runs failed' })
      .getByRole('listitem')
      .filter({ hasText: 'Bad night' });
    const clicksToSee = await countClicks(page);
    await cause.getByText('× 40').waitFor();
    await cause.getByRole('button', { name: /answered 404/ }).click();
    await page.getByText('40 runs', { exact: true }).waitFor();
    await page.getByRole('cell', { name: '2/3' }).first().waitFor();
    await page.getByRole('link', { name: 'Bad night' }).first().click();
    await page.getByText('“Call” gave up after 1 attempt.').waitFor();
    await page.getByText('2 steps keep their saved output. 1 step will run: Call.').waitFor();
    expect(await clicksToSee()).toBeLessThanOrEqual(2);

    await expectBackKeepsPlace(page);
    const search = page.getByRole('searchbox', { name: 'Search runs' });
    await search.fill('B-17');
    await page.getByText('1 run', { exact: true }).waitFor();
    expect(await page.getByRole('link', { name: 'Bad night' }).count()).toBe(1);
    await search.fill('order != "B-17"');
    await page.getByText('39 runs', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('All but one');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'All but one' }).waitFor();

    const mended = structuredClone(definition);
    Object.assign(mended.steps[2]?.config ?? {}, { url: `${receiver.url}/mended` });
    await api.do('PUT', `/workflows/${id}`, { definition: mended, revision: workflow.revision });
    await api.do('POST', `/workflows/${id}/publish`);

    await page.goto('/runs');
    const clicksToMend = await countClicks(page);
    await cause.getByRole('button', { name: 'Retry all' }).click();
    await page.getByRole('dialog').getByText('40 runs fit.').waitFor();
    await page.getByRole('radio', { name: 'All with the live version' }).check();
    await page.getByRole('button', { name: 'Retry 40 runs' }).click();
    await page.getByRole('region', { name: 'Work on many runs' }).getByText('40 done').waitFor();
    expect(await clicksToMend()).toBe(3);
    await expect.poll(async () => (await runsOf(api, id, 'succeeded')).length, { timeout: 60_000 }).toBe(40);
    const sentTo = (path: string) => receiver.requests.filter((request) => request.url === path);
    expect(sentTo('/tell')).toHaveLength(40);
    expect(new Set(sentTo('/mended').map(({ body }) => String(body))).size).toBe(40);
    await cause.waitFor({ state: 'hidden' });
  });
});
