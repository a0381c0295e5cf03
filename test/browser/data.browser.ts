import type { RunDetail, WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor, expectText } from './support/editor.js';
import { aWebhookWorkflow, bodiesByPath, endpointOf, send } from './support/outside.js';

const shape = {
  id: 'shape',
  type: 'transform',
  name: 'Shape',
  config: { expression: '{"order": trigger.body.order.number}' },
};
const call = (url: string) => ({
  id: 'call',
  type: 'http',
  name: 'Call',
  config: { method: 'POST', url, body: '{{ steps.shape }}' },
});
const order = { order: { number: 'A-7', customer: { name: 'Ana' } } };

describe('data before anything has run', () => {
  test('a field of the sample is put into a setting by a click and by dragging, with a preview', async ({
    page,
    api,
    receiver,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Mapped', [call(`${receiver.url}/orders/`)]);
    await send((await endpointOf(api, id)).url, order);
    const editor = new Editor(page);
    await page.goto(`/workflows/${id}/edit?step=call`);
    const input = editor.panel.getByRole('region', { name: 'Input data' });
    const url = editor.field('URL');
    await url.click();
    await page.keyboard.press('End');
    await input.getByRole('searchbox', { name: 'Search inside' }).fill('number');
    await input.getByRole('button', { name: 'Insert trigger.body.order.number' }).first().click();
    await editor.panel.getByText(`${receiver.url}/orders/A-7`).waitFor();

    await input.getByRole('searchbox', { name: 'Search inside' }).fill('ana');
    const dragged = await page.evaluateHandle(() => new DataTransfer());
    const name = input.getByRole('button', { name: 'Insert trigger.body.order.customer.name' }).first();
    await name.dispatchEvent('dragstart', { dataTransfer: dragged });
    const { x, y, width, height } = (await url.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const at = { clientX: x + width - 4, clientY: y + height / 2, dataTransfer: dragged };
    await url.dispatchEvent('drop', at);
    await editor.panel.getByText(`${receiver.url}/orders/A-7Ana`).waitFor();
    const mapped = `${receiver.url}/orders/{{ trigger.body.order.number }}{{ trigger.body.order.customer.name }}`;
    await editor.draft(api, 'mapped', ({ definition }: WorkflowView) =>
      definition.steps.some(({ config }) => config['url'] === mapped),
    );
  });
});

describe('a pinned output', () => {
  test('is marked on the card, taken by the test and named before publishing', async ({
    page,
    api,
    receiver,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Pinned', [shape, call(`${receiver.url}/pinned`)]);
    await send((await endpointOf(api, id)).url, order);
    const editor = new Editor(page);
    await page.goto(`/workflows/${id}/edit?step=shape`);
    const output = editor.panel.getByRole('region', { name: 'Output data' });
    await editor.panel.getByRole('button', { name: 'Test step', exact: true }).last().click();
    await expectText(output, /"A-7"/);
    await editor.panel.getByRole('button', { name: 'Pin output' }).click();
    await editor.card('Shape').getByRole('img', { name: 'Output pinned' }).waitFor();

    await send((await endpointOf(api, id)).url, { order: { number: 'B-8' } });
    const sample = page.getByRole('combobox', { name: 'Sample' });
    const offered = sample.locator('optgroup').first().locator('option');
    await expect.poll(() => offered.count()).toBeGreaterThan(1);
    await sample.selectOption({ index: 0 });
    await editor.button('Test workflow').click();
    await receiver.waitFor(1);
    expect(JSON.parse(bodiesByPath(receiver)['/pinned'] ?? '')).toEqual({ order: 'A-7' });
    const { items } = await api.do<{ items: { id: string }[] }>('GET', `/runs?workflowId=${id}`);
    const shaped = async () =>
      (await api.do<RunDetail>('GET', `/runs/${items[0]?.id}`)).steps.find(
        ({ stepId }) => stepId === 'shape',
      );
    await expect.poll(shaped).toMatchObject({ pinned: true });

    await editor.button('Publish').click();
    await editor.publishDialog.getByText('1 output is pinned').waitFor();
    await page.keyboard.press('Escape');
    await editor.card('Shape').getByRole('button').first().focus();
    await page.keyboard.press('p');
    await editor.card('Shape').getByRole('img', { name: 'Output pinned' }).waitFor({ state: 'detached' });
  });
});
