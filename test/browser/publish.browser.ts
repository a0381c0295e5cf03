import type { WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor, expectText } from './support/editor.js';
import { aWebhookWorkflow, bodiesByPath, endpointOf, send } from './support/outside.js';

const shaped = (to: string) => ({
  id: 'call',
  type: 'http',
  name: 'Call',
  config: { method: 'POST', url: to, body: '{{ trigger.body }}' },
});

describe('publishing', () => {
  test('shows what changes, leaves what is live alone until then, and rolls back in two clicks', async ({
    page,
    api,
    receiver,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Published', [shaped(`${receiver.url}/one`)]);
    const { url } = await endpointOf(api, id);
    const editor = new Editor(page);
    await editor.open(id);
    await editor.publish();
    await expectText(editor.versions, /Live v1/);

    await editor
      .card('Call')
      .getByRole('button', { name: /^Step 2 of 2/ })
      .click();
    await editor.fill('URL', `${receiver.url}/two`);
    await editor.saved();
    await expectText(editor.versions, /Draft: 1 change/);
    await send(url, { n: 1 });
    await receiver.waitFor(1);
    expect(Object.keys(bodiesByPath(receiver))).toEqual(['/one']);

    await editor.button('Publish').click();
    await editor.publishDialog.getByText('Call').first().waitFor();
    await editor.publishDialog.getByText(`${receiver.url}/one`).first().waitFor();
    await editor.publishDialog.getByText(`${receiver.url}/two`).first().waitFor();
    await editor.publishDialog.getByRole('button', { name: 'Publish', exact: true }).click();
    await editor.publishDialog.waitFor({ state: 'hidden' });
    await expectText(editor.versions, /Live v2/);

    await editor.versions.click();
    await page.getByRole('button', { name: 'Make live' }).click();
    await expectText(editor.versions, /Live v1/);
    expect((await api.do<WorkflowView>('GET', `/workflows/${id}`)).liveVersion).toBe(1);
    await send(url, { n: 2 });
    await receiver.waitFor(2);
    expect(receiver.requests.map((request) => request.url)).toEqual(['/one', '/one']);
  });

  test('is refused with the reason while a problem stands in the way, which leads to its field', async ({
    page,
    api,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Blocked', [
      { id: 'call', type: 'http', name: 'Call', config: {} },
    ]);
    const editor = new Editor(page);
    await editor.open(id);
    await editor.button('Publish').click();
    await editor.publishDialog.getByText('1 problem stands in the way').waitFor();
    const publish = editor.publishDialog.getByRole('button', { name: 'Publish', exact: true });
    expect(await publish.isDisabled()).toBe(true);
    await editor.publishDialog
      .getByRole('button', { name: /^Go to field/ })
      .first()
      .click();
    await editor.field('URL').and(page.locator(':focus')).waitFor();
  });
});

describe('a test of the draft', () => {
  test('shows each step as it goes, on the canvas and in its panel', async ({ page, api, receiver }) => {
    let letGo: () => void = () => undefined;
    receiver.answer((_request, response) => {
      letGo = () => response.end('{"stored": true}');
    });
    const { id } = await aWebhookWorkflow(api, 'Tested', [
      { id: 'shape', type: 'transform', name: 'Shape', config: { expression: '{"order": trigger.body.id}' } },
      shaped(`${receiver.url}/orders`),
    ]);
    const { url } = await endpointOf(api, id);
    await send(url, { id: 'A1' });
    const editor = new Editor(page);
    await editor.open(id);
    const status = (name: string) => editor.card(name).getAttribute('data-status');
    await editor.button('Test workflow').click();
    await receiver.waitFor(1);
    await expect.poll(() => status('Call')).toBe('running');
    letGo();
    await expect.poll(() => status('Call')).toBe('succeeded');
    await editor
      .card('Call')
      .getByRole('button', { name: /^Step 3 of 3/ })
      .click();
    const output = editor.panel.getByRole('region', { name: 'Output data' });
    await output.getByText('stored').first().waitFor();
    expect(bodiesByPath(receiver)['/orders']).toContain('A1');
  });
});
