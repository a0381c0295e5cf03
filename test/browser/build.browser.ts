import { describe } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { connectSlack, expectRoutesOrders } from './support/outside.js';

describe('webhook → if → HTTP, otherwise Slack', () => {
  test('is built on the canvas with the mouse, and does what was built', async ({ page, api, receiver }) => {
    const connection = await connectSlack(api, receiver);
    const editor = new Editor(page);
    await editor.begin();
    await editor.button('Add step after Webhook').click();
    await editor.choose('if', 'If');
    await editor.fill('Condition', 'trigger.body.total > 100');
    await editor.button('Add step after If').click();
    await editor.choose('http', 'HTTP request');
    await editor.field('Method').selectOption('POST');
    await editor.fill('URL', `${receiver.url}/orders`);
    await editor.fill('Body', '{{ trigger.body }}');
    await editor.button('Add step after If').click();
    await editor.choose('slack', 'Post a Slack message');
    await editor.field('Connection').selectOption({ label: connection.name });
    await editor.fill('Text', 'Small order {{ trigger.body.id }}');
    await editor.publish();
    await expectRoutesOrders(api, receiver, editor.workflowId);
  });

  test('is built by keyboard alone', async ({ page, api, receiver }) => {
    const connection = await connectSlack(api, receiver);
    const editor = new Editor(page);
    const { keyboard } = page;
    await page.goto('/workflows');
    await editor.tabTo(editor.button('New workflow'));
    await keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Start with a webhook' }).waitFor();
    await keyboard.press('Enter');
    await editor.panel.waitFor();

    await editor.focusCard('Webhook');
    await keyboard.press('n');
    await editor.chooseByKeyboard('if', 'If');
    await editor.typeInto('Condition', 'trigger.body.total > 100');
    await editor.focusCard('If');
    await keyboard.press('n');
    await editor.chooseByKeyboard('http request', 'HTTP request');
    await editor.pick('Method', 'POST');
    await editor.typeInto('URL', `${receiver.url}/orders`);
    await editor.typeInto('Body', '{{ trigger.body }}');
    await editor.focusCard('If');
    await keyboard.press('n');
    await editor.chooseByKeyboard('slack', 'Post a Slack message');
    await editor.pick('Connection', connection.name);
    await editor.typeInto('Text', 'Small order {{ trigger.body.id }}');

    await editor.tabTo(editor.button('Publish'));
    await keyboard.press('Enter');
    await editor.tabTo(editor.publishDialog.getByRole('button', { name: 'Publish', exact: true }));
    await keyboard.press('Enter');
    await editor.publishDialog.waitFor({ state: 'hidden' });
    await expectRoutesOrders(api, receiver, editor.workflowId);
  });

  test('is built in the outline', async ({ page, api, receiver }) => {
    const connection = await connectSlack(api, receiver);
    const editor = new Editor(page);
    await editor.begin();
    await page.getByRole('radio', { name: 'Outline' }).or(editor.button('Outline')).click();
    await editor.outline.waitFor();
    await editor.button('Add step after Webhook').click();
    await editor.choose('if', 'If');
    await editor.fill('Condition', 'trigger.body.total > 100');
    await editor.button('Add step after If').click();
    await editor.choose('http', 'HTTP request');
    await editor.field('Method').selectOption('POST');
    await editor.fill('URL', `${receiver.url}/orders`);
    await editor.fill('Body', '{{ trigger.body }}');
    await editor.button('Add step after If').click();
    await editor.choose('slack', 'Post a Slack message');
    await editor.field('Connection').selectOption({ label: connection.name });
    await editor.fill('Text', 'Small order {{ trigger.body.id }}');
    await editor.publish();
    await expectRoutesOrders(api, receiver, editor.workflowId);
  });
});
