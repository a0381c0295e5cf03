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
