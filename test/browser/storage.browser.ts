import { expect } from 'vitest';
import { ApiClient } from '../support/api-client.js';
import { stage, test } from './support/browser-test.js';

test('the storage page says what a shorter rule deletes, asks, and holds it from tonight on', async ({
  page,
}) => {
  const api = new ApiClient(stage.url, stage.apiKey);
  await api.do('PUT', '/retention', { eventDays: 30, runDays: 30 });
  await page.goto('/settings');
  await page.getByRole('link', { name: 'Storage' }).click();
  await page
    .getByRole('table', { name: 'What takes the space' })
    .getByRole('row', { name: /^Events/ })
    .waitFor();
  await page.getByRole('textbox', { name: 'Events, days' }).fill('2');
  await page.getByText('Use 3 days or more.').waitFor();
  expect(await page.getByRole('button', { name: 'Save rule' }).isDisabled()).toBe(true);
  await page.getByRole('textbox', { name: 'Events, days' }).fill('14');
  await page.getByText('By this rule nothing goes tonight.').waitFor();
  await page.getByRole('button', { name: 'Save rule' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete them tonight' }).click();
  await page.getByText(/^Until .+ it is 30 days for events/).waitFor();
  expect(await api.do('GET', '/retention')).toMatchObject({ eventDays: 30, next: { eventDays: 14 } });
  await api.do('PUT', '/retention', { eventDays: 30, runDays: 30 });
});

test('a rule hides a value, and an event says so and can be kept', async ({ page }) => {
  const api = new ApiClient(stage.url, stage.apiKey);
  const endpoint = await api.createEndpoint({ name: 'Hidden values' });
  const { eventId } = await (
    await fetch(endpoint.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"passphrase":"open sesame"}',
    })
  ).json();
  await page.goto('/settings/storage');
  await page.getByRole('textbox', { name: 'Key or path' }).fill('passphrase');
  await page.getByRole('button', { name: 'Hide', exact: true }).click();
  await page.getByRole('button', { name: 'Show passphrase again' }).waitFor();
  await page.goto(`/events/${eventId}?tab=body`);
  await page.getByText('Hidden by rule:').waitFor();
  expect(await page.getByText('open sesame').count()).toBe(0);
  await page.getByRole('button', { name: 'Keep beyond the rule' }).click();
  await page.getByRole('button', { name: /^Kept by / }).waitFor();
  expect(await api.do('GET', `/events/${eventId}`)).toMatchObject({ kept: { by: expect.any(String) } });
  await page.goto('/settings/storage');
  await page.getByRole('button', { name: 'Show passphrase again' }).click();
  await page.getByRole('table', { name: 'Hidden values' }).waitFor({ state: 'detached' });
});
