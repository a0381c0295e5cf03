import type { RunDetail, WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';

const FIELDS = [
  { name: 'order', label: 'Order number', type: 'number', required: true },
  { name: 'reason', label: 'Reason', type: 'choice', options: ['Late', 'Broken'], default: 'Late' },
];
const definition = {
  format: 1,
  steps: [{ id: 'ask', type: 'trigger.manual', name: 'Ask', config: { fields: FIELDS } }],
  edges: [],
};

describe('a workflow that is started by hand', () => {
  test('asks for the fields of its trigger, from the list and in a test, and says what is wrong', async ({
    page,
    api,
  }) => {
    const { id } = await api.do<WorkflowView>('POST', '/workflows', { name: 'Refund by hand', definition });
    await api.do('POST', `/workflows/${id}/publish`);
    await page.goto('/workflows?q=Refund by hand');
    await page.getByRole('button', { name: /^More.*Refund by hand/ }).click();
    await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: 'Run “Refund by hand”' });
    const order = dialog.getByLabel('Order number');
    await order.and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Enter');
    await dialog.getByText('Order number is missing. Fill it in.').waitFor();
    await order.fill('17');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/runs\/[^?]/);
    const runId = new URL(page.url()).pathname.split('/').at(-1);
    const run = await api.do<RunDetail>('GET', `/runs/${runId}`);
    expect(run).toMatchObject({ kind: 'manual', version: 1 });

    const editor = new Editor(page);
    await editor.open(id);
    await editor.button('Test workflow').click();
    const test = page.getByRole('dialog', { name: 'Test “Refund by hand”' });
    await test.getByLabel('Order number').fill('18');
    await test.getByRole('button', { name: 'Run the test' }).click();
    await editor.canvas.locator('[data-status=succeeded]').waitFor();
  });
});
