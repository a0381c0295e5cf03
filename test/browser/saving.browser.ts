import type { WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { OWNER, startProduct } from '../support/product.js';
import { newContext, stage, test } from './support/browser-test.js';
import { Editor, expectText } from './support/editor.js';
import { aWebhookWorkflow } from './support/outside.js';
import { startOwnProduct } from './support/own-product.js';
import { watchPage } from './support/watch.js';

const TRANSFORM = { id: 'shape', type: 'transform', name: 'Shape', config: { expression: '1' } };

describe('a draft', () => {
  test('is not changed by being looked at, and a reload in the middle of an edit loses nothing', async ({
    page,
    api,
  }) => {
    const made = await aWebhookWorkflow(api, 'Looked at', [TRANSFORM]);
    const editor = new Editor(page);
    await editor.open(made.id);
    await page.goto('/workflows');
    await page.getByRole('heading', { level: 1, name: 'Workflows' }).waitFor();
    expect((await api.do<WorkflowView>('GET', `/workflows/${made.id}`)).revision).toBe(made.revision);

    await editor.open(made.id);
    await editor
      .card('Shape')
      .getByRole('button', { name: /^Step 2 of 2/ })
      .click();
    await editor.fill('Expression', '"not yet saved"');
    await page.reload();
    await editor.draft(api, 'the edit before the reload', ({ definition }) =>
      JSON.stringify(definition).includes('not yet saved'),
    );
    await editor.saved();
  });

  test('can be undone after it was saved, and is joined again when a step in the middle goes', async ({
    page,
    api,
  }) => {
    const steps = [TRANSFORM, { ...TRANSFORM, id: 'last', name: 'Last' }];
    const { id } = await aWebhookWorkflow(api, 'Undone', steps);
    const editor = new Editor(page);
    await editor.open(id);
    await editor
      .card('Shape')
      .getByRole('button', { name: /^Step 2 of 3/ })
      .click();
    await editor
      .card('Shape')
      .getByRole('button', { name: /^Step 2 of 3/ })
      .press('Delete');
    await editor.draft(api, 'the deletion', ({ definition }) => definition.steps.length === 2);
    const { definition } = await editor.draft(api, 'the neighbours joined');
    expect(definition.edges).toMatchObject([{ source: 'webhook', target: 'last' }]);
    await editor.button('Undo').click();
    await editor.draft(api, 'the step back', (view) => view.definition.steps.length === 3);
  });

  test('of two tabs is kept on both sides until a person chooses', async ({ browser, page, api, watch }) => {
    // The browser itself reports the server's refusal of the older draft.
    watch.expectErrors(/409/);
    const { id } = await aWebhookWorkflow(api, 'Two tabs', [TRANSFORM]);
    const one = new Editor(page);
    const context = await newContext(browser, stage.url, { storageState: stage.session });
    const other = new Editor(await context.newPage());
    const otherWatch = watchPage(other.page, stage.url);
    otherWatch.expectErrors(/409/);
    // The other tab hears nothing of the first one's edit before it makes its own.
    await one.open(id);
    await other.open(id);
    await other.page.route('**/api/v1/workflows/*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    otherWatch.expectErrors(/ERR_FAILED/);
    await rename(one, 'Named in one');
    await one.draft(api, 'the first name', ({ name }) => name === 'Named in one');
    await other.page.unroute('**/api/v1/workflows/*');
    await rename(other, 'Named in the other');
    const alert = other.page.getByRole('alert').filter({ hasText: 'Take over' });
    await alert.getByRole('button', { name: 'Take over' }).click();
    await other.draft(api, 'the name that was kept', ({ name }) => name === 'Named in the other');
    await expectText(one.page.getByRole('heading', { level: 1 }), 'Named in the other');
    await context.close();
    expect(otherWatch.findings).toEqual([]);
  });

  test('outlives a server that goes away and comes back', async ({ browser }) => {
    await using own = await startOwnProduct(browser);
    const { page, product, watch } = own;
    // The browser itself reports what a server that stops, or is gone, does not answer.
    watch.expectErrors(
      /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE|\b503\b/,
    );
    const { id } = await aWebhookWorkflow(product.api, 'Survivor', [TRANSFORM]);
    await page.context().request.post(`${product.url}/api/v1/auth/login`, { data: OWNER });
    const editor = new Editor(page);
    await editor.open(id);
    await product.stop();

    await editor
      .card('Shape')
      .getByRole('button', { name: /^Step 2 of 2/ })
      .click();
    await editor.fill('Expression', '"written while away"');
    const bar = page.getByText('Reconnecting… your edits are kept on this device.');
    await bar.waitFor();
    await page.getByText('Kept on this device').first().waitFor();

    const env = { HOOKLOOM_PORT: new URL(product.url).port };
    await using again = await startProduct({ dataDir: product.dataDir, env });
    await bar.waitFor({ state: 'hidden' });
    await editor.saved();
    expect(again.url).toBe(product.url);
    await editor.draft(again.api, 'what was written while it was away', ({ definition }) =>
      JSON.stringify(definition).includes('written while away'),
    );
    expect(watch.findings).toEqual([]);
  });
});

async function rename(editor: Editor, name: string): Promise<void> {
  await editor.button('Rename workflow').click();
  const field = editor.page.getByRole('textbox', { name: 'Workflow name' });
  await field.fill(name);
  await field.press('Enter');
}
