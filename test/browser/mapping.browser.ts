import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { aWebhookWorkflow, endpointOf, send } from './support/outside.js';

const CALL = { id: 'call', type: 'http', name: 'Call', config: { method: 'POST', url: '' } };

test('a click on a field of the input puts it where the caret is, and what it gives shows below', async ({
  page,
  api,
}) => {
  const { id } = await aWebhookWorkflow(api, 'Mapped', [CALL]);
  const { url } = await endpointOf(api, id);
  await send(url, { id: 'A-17', total: 250 });
  const editor = new Editor(page);
  await page.goto(`/workflows/${id}/edit?step=call`);
  await editor.fill('URL', 'https://shop.example/orders/');

  const input = editor.panel.getByRole('region', { name: 'Input data' });
  const name = input.getByRole('button', { name: 'Insert trigger.body.id', exact: true }).first();
  // Where the actions of its row, which show under the mouse, leave it free.
  await name.click({ position: { x: 4, y: 8 } });
  await editor.panel
    .getByRole('group', { name: 'Preview of URL' })
    .getByText('https://shop.example/orders/A-17')
    .waitFor();
  await editor.draft(api, 'the mapped URL', ({ definition }) =>
    definition.steps.some(
      ({ config }) => config['url'] === 'https://shop.example/orders/{{ trigger.body.id }}',
    ),
  );
});
