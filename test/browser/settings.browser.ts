import type { WorkflowView } from '@hookloom/contracts';
import { describe, expect } from 'vitest';
import { test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { aWebhookWorkflow } from './support/outside.js';

describe('the settings of a workflow', () => {
  test('are set without JSON, lead from a problem to its field, and are undone like every edit', async ({
    page,
    api,
  }) => {
    const { id } = await aWebhookWorkflow(api, 'Settled', []);
    const editor = new Editor(page);
    await editor.open(id);
    await page.keyboard.press('Control+,');
    const settings = page.getByRole('region', { name: 'Workflow settings' });
    await settings.getByRole('textbox', { name: 'What they have in common' }).fill('trigger.body.id');
    await settings.getByLabel('When more of them come').selectOption('debounce');
    await settings.getByLabel('Runs at the same time').fill('5');
    await settings.getByRole('button', { name: 'Close workflow settings' }).click();
    await editor.button('Workflow settings').and(page.locator(':focus')).waitFor();

    await editor.button('Publish').click();
    await editor.publishDialog.getByRole('button', { name: /^Go to field/ }).click();
    const quiet = settings.getByLabel('Quiet time (s)');
    await quiet.and(page.locator(':focus')).waitFor();
    await quiet.fill('30');
    const lane = { key: 'trigger.body.id', mode: 'debounce', seconds: 30 };
    const { definition } = await editor.draft(api, 'all is set', ({ problems }) => problems.length === 0);
    expect(definition.settings).toEqual({ lane, maxConcurrentRuns: 5 });
    await editor.publish();
    expect((await api.do<WorkflowView>('GET', `/workflows/${id}`)).liveVersion).toBe(1);

    await editor.button('Undo').click();
    const undone = await editor.draft(api, 'the quiet time is undone', ({ problems }) => problems.length > 0);
    expect(undone.definition.settings.lane).toEqual({ key: 'trigger.body.id', mode: 'debounce' });
  });
});
