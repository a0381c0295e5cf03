import type { Page } from 'playwright-core';
import { RunDetail, RunSummary } from '@hookloom/contracts';
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
  await expect.poll(newest, { timeout: 20_000 }).not.toBe('');
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
    expect(await card(page, 'Call').getAttribute('data-status')).toBe('failed');

    await card(page, 'Tell').getByRole('button').click();
    await page
      .getByRole('region', { name: 'Waterfall' })
      .getByRole('button', { name: /^Tell/, pressed: true })
      .waitFor();
    await page.keyboard.press(']');
    await card(page, 'Call').getByRole('button', { pressed: true }).waitFor();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByText('Attempt 1 began').waitFor();

    isAway = false;
    await page.getByRole('button', { name: 'Retry from failed step' }).click();
    await page.locator('[data-status=succeeded]', { hasText: 'Call' }).first().waitFor();
    expect(receiver.requests.map(({ url }) => url)).toEqual(['/tell', '/call', '/call']);
    const run = RunDetail.parse(await api.do('GET', `/runs/${runId}`));
    expect(run).toMatchObject({ status: 'succeeded' });

    await page.getByRole('button', { name: 'Run again from start' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith(runId));
    await page.locator('[data-status=succeeded]', { hasText: 'Call' }).first().waitFor();
    await page.getByRole('button', { name: 'More actions for this run' }).click();
    await page.getByRole('menuitem', { name: 'Compare with another run' }).click();
    const compared = page.getByRole('dialog', { name: 'Compare runs' });
    await compared.getByRole('cell', { name: 'Tell' }).waitFor();
  });
});

describe('the runs of a bad night', () => {
  test('are told apart by why they failed, and mended together within three clicks', async ({
    page,
    api,
    receiver,
  }) => {
    let isAway = true;
    receiver.answer(({ url }, response) => response.writeHead(isAway && url === '/call' ? 404 : 200).end());
    const { id } = await aWebhookWorkflow(api, 'Bad night', steps(receiver.url));
    await api.do('POST', `/workflows/${id}/publish`);
    const { url } = await endpointOf(api, id);
    for (const order of ['B-1', 'B-2', 'B-3']) await send(url, { order });
    await expect.poll(async () => (await runsOf(api, id, 'failed')).length).toBe(3);

    await page.goto(`/runs?workflow=${id}&q=B-2`);
    await page.getByText('1 run', { exact: true }).waitFor();
    await page.goto(`/runs?workflow=${id}`);
    await page.getByText('3 runs', { exact: true }).waitFor();
    const causes = page.getByRole('region', { name: 'Why runs failed' });
    await causes.getByText('× 3').waitFor();

    isAway = false;
    await causes.getByRole('button', { name: 'Retry all' }).click();
    await page.getByRole('dialog').getByText('3 runs fit.').waitFor();
    await page.getByRole('button', { name: 'Retry 3 runs' }).click();
    await page.getByRole('region', { name: 'Work on many runs' }).getByText('3 done').waitFor();
    await expect.poll(async () => (await runsOf(api, id, 'succeeded')).length).toBe(3);
    expect(receiver.requests.filter(({ url: sent }) => sent === '/tell')).toHaveLength(3);
    await causes.waitFor({ state: 'hidden' });
  });
});
