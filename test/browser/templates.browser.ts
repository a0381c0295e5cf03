import type { WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { connectSlack } from './support/outside.js';

describe('the template gallery', () => {
  test('finds a template by sender and destination, and keeps its filters in the address', async ({
    page,
  }) => {
    await page.goto('/templates');
    const titles = page.getByRole('list', { name: 'Templates' }).getByRole('heading');
    await titles.nth(14).waitFor();
    await page.getByRole('searchbox', { name: 'Search templates' }).fill('stripe slack');
    await titles.nth(1).waitFor({ state: 'detached' });
    expect(await titles.first().textContent()).toBe('Failed payments to Slack');
    await page.waitForURL('**/templates?q=stripe+slack');

    await page.getByRole('checkbox', { name: 'Works without accounts' }).check();
    await page.getByRole('heading', { name: 'No template fits' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'No template fits' }).waitFor();
    await page.getByRole('button', { name: 'Drop “stripe slack”' }).click();
    await titles.filter({ hasText: 'XML in, JSON out' }).waitFor();
  });
});

describe('the guided setup', () => {
  test('leads from the gallery to the first effect without opening a step', async ({
    page,
    api,
    receiver,
  }) => {
    const slack = await connectSlack(api, receiver);
    await page.goto('/workflows');
    await page.getByRole('button', { name: 'New workflow', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Pick a template' }).click();
    await page.getByRole('link', { name: 'Big orders to Slack' }).click();
    await page.getByRole('button', { name: 'Use template' }).click();

    const setup = page.getByRole('region', { name: 'Setup checklist' });
    await setup.getByText('1 of 5 done').waitFor();
    await setup.getByRole('combobox', { name: 'Connection' }).selectOption({ label: slack.name });
    await setup.getByText('2 of 5 done').waitFor();
    await setup.getByRole('button', { name: 'Fill in: Amount' }).click();
    await setup.getByRole('textbox', { name: 'Amount' }).fill('750');
    await setup.getByRole('button', { name: 'Add the URL at Shopify' }).click();
    await setup.getByRole('button', { name: 'Copy URL' }).click();
    await setup.getByRole('textbox', { name: 'Signing secret' }).fill('shop secret');
    await setup.getByRole('button', { name: 'Save secret' }).click();
    await setup.getByText('3 of 5 done').waitFor();
    await setup.getByRole('button', { name: 'Continue' }).click();
    await setup.getByRole('button', { name: 'Skip for now' }).click();

    // Leaving mid-way keeps everything, what was skipped included.
    await page.reload();
    await setup.getByText('3 of 5 done').waitFor();
    await setup.getByRole('button', { name: /^Send a sample event.*Skipped$/ }).waitFor();
    await setup.getByRole('button', { name: 'Review and go live' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish workflow' });
    await dialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await setup.getByText('4 of 5 done').waitFor();

    await setup.getByRole('button', { name: /^Send a sample event/ }).click();
    await setup.getByRole('button', { name: 'Send sample event' }).click();
    const [message] = await receiver.waitFor(1);
    expect(JSON.parse(String(message?.body))).toMatchObject({
      text: expect.stringContaining('Big order #2001: 1,240.00 EUR'),
    });
    await setup.getByText('5 of 5 done').waitFor();

    const id = /workflows\/([^/]+)/.exec(page.url())?.[1] ?? '';
    const { definition } = await api.do<WorkflowView>('GET', `/workflows/${id}`);
    expect(definition.steps.find((step) => step.id === 'big')?.config['condition']).toBe(
      '$number(trigger.body.total_price) >= 750',
    );
  });
});
