import type { WorkflowDefinition } from '@hookloom/contracts';
import { startSmtpServer, type SmtpStandIn } from '@hookloom/testing/smtp';
import { afterAll, beforeAll, expect } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';

const api = new ApiClient(stage.url, stage.apiKey);
let smtp: SmtpStandIn;
beforeAll(async () => {
  smtp = await startSmtpServer();
});
afterAll(() => smtp.close());

test('an endpoint tells what starts from it and how it does, and its old URL can be ended', async ({
  page,
}) => {
  const endpoint = await api.createEndpoint({ name: 'Till' });
  const definition: WorkflowDefinition = {
    format: 1,
    steps: [
      {
        id: 'hook',
        type: 'trigger.webhook',
        config: { endpoint: endpoint.key, filter: 'trigger.body.total > 100' },
      },
    ],
    edges: [],
    settings: {},
  };
  await api.createLive('Big sales', definition);
  const url = new URL(new URL(endpoint.url).pathname, stage.url);
  await fetch(url, { method: 'POST', body: '{"total":5}', headers: { 'content-type': 'application/json' } });

  await page.goto('/events');
  await page.getByRole('link', { name: 'Endpoints', exact: true }).click();
  await page.getByRole('link', { name: 'Till', exact: true }).click();
  await page.getByRole('img', { name: 'In 24 hours: 1 taken, 0 duplicates, 0 rejected' }).waitFor();
  const row = page.getByRole('table', { name: 'Workflows' }).getByRole('row', { name: /Big sales/ });
  await row.getByText('trigger.body.total > 100').waitFor();
  await row.getByText('1 skipped').waitFor();

  await page.getByRole('combobox', { name: 'Silence alarm' }).selectOption('After a time');
  await page.getByText('Alarm when nothing comes for 2 h.').waitFor();

  await page.getByRole('button', { name: 'New URL' }).click();
  await page.getByRole('button', { name: 'Rotate URL' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Rotate URL' }).click();
  await page.getByRole('button', { name: 'End old URL now' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'End old URL now' }).click();
  await page.getByRole('button', { name: 'End old URL now' }).waitFor({ state: 'detached' });
  await expect.poll(async () => (await fetch(url, { method: 'POST' })).status).toBe(404);
});

test('alerts go where a person says, and a test of them arrives', async ({ page, watch }) => {
  watch.expectErrors(/422.*alerts\/settings/);
  const data = { host: smtp.host, port: smtp.port, from: 'hookloom@example.com' };
  await api.do('POST', '/connections', { name: 'Ops mail', type: 'smtp', data });
  await api.do('PUT', '/alerts/settings', { targets: [] });
  await page.goto('/settings');
  await page.getByRole('button', { name: 'Add target' }).click();
  const target = page.getByRole('group', { name: 'Target 1' });
  await target.getByRole('combobox', { name: 'Connection' }).selectOption('Ops mail');
  await page.getByRole('button', { name: 'Save alerts' }).click();
  await page.getByText('Say to whom the mail goes.').waitFor();
  await target.getByRole('textbox', { name: 'To' }).fill('ana@example.com');
  await page.getByRole('button', { name: 'Save alerts' }).click();
  await page.getByText('Alerts saved').waitFor();
  await page.getByRole('button', { name: 'Send test alert' }).click();
  const latest = page.getByRole('table', { name: 'Latest alerts' });
  await latest.getByRole('row', { name: /a test alert.*Sent/ }).waitFor();
  expect(smtp.mails.map(({ message }) => message.subject)).toContain('Hookloom: a test alert');
});
