import type { EventSummary, RunSummary, WorkflowDefinition, WorkflowView } from '@hookloom/contracts';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';
import type { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';
import { Editor } from './support/editor.js';
import { seriousFindings } from './support/looks.js';
import { aWebhookWorkflow, endpointOf, send } from './support/outside.js';

const PATIENCE_MS = 20_000;

/** Somebody who is not signed in. The pages forbid all scripts, those of a test as well, unless it may look past that. */
async function aStranger(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB', bypassCSP: true });
  context.setDefaultTimeout(PATIENCE_MS);
  onTestFinished(() => context.close());
  return context.newPage();
}

/** What the page says, to a browser in which none of its scripts and none of a test may run. */
async function told(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  return nodes.map(({ name }) => String(name?.value ?? ''));
}

/** Fills in the form of the test and sends it, by the keys alone and under the policy that the page really has. */
async function sendByKeys(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ locale: 'en-GB' });
  onTestFinished(() => context.close());
  const page = await context.newPage();
  await page.goto(url);
  await page.keyboard.press('Tab');
  await page.keyboard.type('ana@example.com');
  for (const key of ['Tab', 'Tab', 'Space', 'Tab', 'Enter']) await page.keyboard.press(key);
  return page;
}

async function published(api: ApiClient, name: string, steps: WorkflowDefinition['steps']): Promise<string> {
  const edges = steps.slice(1).map(({ id }, at) => {
    const source = steps[at];
    return { source: source?.id ?? '', target: id, ...(source?.type === 'wait' && { sourceHandle: 'done' }) };
  });
  const definition = { format: 1, steps, edges, settings: {} };
  const { id } = await api.do<WorkflowView>('POST', '/workflows', { name, definition });
  await api.do('POST', `/workflows/${id}/publish`);
  return id;
}

async function statusesOf(api: ApiClient, workflowId: string): Promise<string[]> {
  const { items } = await api.do<{ items: RunSummary[] }>('GET', `/runs?workflowId=${workflowId}`);
  return items.map(({ status }) => status);
}

describe('the page of a form', () => {
  test('says what is wrong where the focus is, then thanks, and its event runs', async ({ api, browser }) => {
    const fields = [
      { name: 'email', label: 'E-mail', type: 'email', required: true },
      { name: 'wants', label: 'What would you like?', type: 'several', options: ['A', 'B'], required: true },
    ];
    const id = await published(api, 'Returns', [
      { id: 'form', type: 'trigger.form', name: 'Form', config: { title: 'Return something', fields } },
      { id: 'kept', type: 'transform', name: 'Kept', config: { expression: 'trigger.body' } },
    ]);
    const endpoint = await endpointOf(api, id);
    const page = await aStranger(browser);
    const address = new URL(new URL(endpoint.url).pathname, stage.url).href;
    await page.goto(address);

    await page.getByLabel('E-mail').fill('ana@example.com');
    await page.getByRole('button', { name: 'Send' }).press('Enter');
    const wrong = page.getByRole('alert').and(page.locator(':focus'));
    await wrong.getByRole('link', { name: 'What would you like? is missing. Choose one.' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);

    expect(await page.title()).toBe('Not sent yet: Return something');

    const sent = await sendByKeys(browser, address);
    await expect.poll(() => told(sent), { timeout: PATIENCE_MS }).toContain('Thank you. It has arrived.');
    const events = `/events?endpointId=${endpoint.id}`;
    expect((await api.do<{ items: EventSummary[] }>('GET', events)).items).toHaveLength(1);
    await expect.poll(() => statusesOf(api, id), { timeout: PATIENCE_MS }).toEqual(['succeeded']);
  });
});

describe('the page of an approval', () => {
  test('takes a decision and who made it', async ({ api, browser, receiver }) => {
    const body = '{{ { "ask": run.resumeUrls.ask } }}';
    const id = await published(api, 'Refund', [
      { id: 'hook', type: 'trigger.webhook', name: 'Hook', config: {} },
      { id: 'tell', type: 'http', name: 'Tell', config: { method: 'POST', url: receiver.url, body } },
      { id: 'ask', type: 'wait', name: 'Ask', config: { kind: 'approval', title: 'Refund order 7?' } },
      {
        id: 'done',
        type: 'http',
        name: 'Done',
        config: { method: 'POST', url: receiver.url, body: '{{ input }}' },
      },
    ]);
    await send((await endpointOf(api, id)).url, {});
    await expect.poll(() => statusesOf(api, id), { timeout: PATIENCE_MS }).toEqual(['waiting']);
    const { ask } = JSON.parse(String(receiver.requests[0]?.body)) as { ask: string };
    const page = await aStranger(browser);
    await page.goto(new URL(new URL(ask).pathname, stage.url).href);

    await page.getByRole('heading', { name: 'Refund order 7?' }).waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByLabel('Your name').fill('Ana');
    await page.getByRole('button', { name: 'Approve' }).press('Enter');
    await page.getByRole('heading', { name: 'Approved' }).waitFor();
    await expect.poll(() => statusesOf(api, id), { timeout: PATIENCE_MS }).toEqual(['succeeded']);
    expect(JSON.parse(String(receiver.requests[1]?.body))).toMatchObject({ approved: true, by: 'Ana' });
  });
});

describe('a code step', () => {
  test('is written in the editor, and a run shows what it logged', async ({ page, api }) => {
    const step = { id: 'code', type: 'code', name: 'Code', config: { source: 'return 1;' } };
    const { id } = await aWebhookWorkflow(api, 'Written', [step]);
    const editor = new Editor(page);
    await page.goto(`/workflows/${id}/edit?step=code`);
    await editor.field('Code').fill("console.log('seen', trigger.body.order);\nreturn 2;");
    await editor.draft(api, 'the code', ({ definition }) =>
      String(definition.steps[1]?.config['source']).includes('return 2'),
    );
    await editor.publish();
    await send((await endpointOf(api, id)).url, { order: 'C-1' });
    await expect.poll(() => statusesOf(api, id), { timeout: PATIENCE_MS }).toEqual(['succeeded']);
    const { items } = await api.do<{ items: RunSummary[] }>('GET', `/runs?workflowId=${id}`);
    await page.goto(`/runs/${items[0]?.id}`);
    const canvas = page.getByRole('application', { name: 'Workflow canvas' });
    await canvas.getByRole('group', { name: 'Code', exact: true }).getByRole('button').click();
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByText('seen C-1').waitFor();
  });
});
