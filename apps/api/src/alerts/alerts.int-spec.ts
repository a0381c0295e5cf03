import { AlertMessageView, AlertSettings, AlertView } from '@hookloom/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ApiUnderTest } from '../../test/api-under-test.js';

let api: ApiUnderTest;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  await aConnection('Ops mail', 'smtp', { host: 'mail.example.com', port: 25, from: 'a@example.com' });
  await aConnection('Ops bot', 'slack.bot', { token: 'xoxb-1' });
  await aConnection('Api', 'http.bearer', { token: 'x' });
});
afterAll(() => api.close());

const aConnection = (name: string, type: string, data: object) =>
  api.call('POST connections', { body: { name, type, data } });
const MAIL = { connection: 'ops-mail', to: 'ana@example.com, bo@example.com' };

describe('the settings', () => {
  it('are off until somebody says where alerts go', async () => {
    const { body } = await api.call('GET alerts/settings');
    expect(AlertSettings.parse(body)).toMatchObject({ targets: [], onFailure: true, quietMinutes: 60 });
    const changed = await api.call('PUT alerts/settings', { body: { targets: [MAIL], onRecovery: true } });
    expect(changed.body).toMatchObject({ targets: [MAIL], onRecovery: true, onSilence: true });
    expect((await api.call('GET alerts/settings')).body).toEqual(changed.body);
  });

  it.each([
    ['no such connection', { connection: 'nowhere' }, 'targets.0.connection'],
    ['a connection that sends nothing', { connection: 'api' }, 'targets.0.connection'],
    ['a mail to nobody', { connection: 'ops-mail' }, 'targets.0.to'],
    ['a mail to a name', { connection: 'ops-mail', to: 'Ana <ana@example.com>' }, 'targets.0.to'],
    ['a bot without a channel', { connection: 'ops-bot' }, 'targets.0.channel'],
  ])('refuse %s', async (_what, target, path) => {
    const answer = await api.call('PUT alerts/settings', { body: { targets: [target] } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('of a workflow follow the project until it has its own', async () => {
    const definition = { format: 1, steps: [] };
    const { body } = await api.call('POST workflows', { body: { name: 'Own', definition } });
    const path = `workflows/${body.id}/alerts`;
    expect((await api.call(`GET ${path}`)).body).toEqual({ mode: 'project' });
    expect((await api.call(`PUT ${path}`, { body: { mode: 'own' } })).status).toBe(422);
    const settings = AlertSettings.parse({ targets: [MAIL] });
    await api.call(`PUT ${path}`, { body: { mode: 'own', settings } });
    expect((await api.call(`GET ${path}`)).body).toEqual({ mode: 'own', settings });
    expect((await api.call('GET workflows/01900000-0000-7000-8000-000000000000/alerts')).status).toBe(404);
  });
});

describe('what went wrong', () => {
  it('is listed with who was told of it', async () => {
    const { ui } = api.parts.pools;
    await ui.query(`insert into alert (project_id, kind, subject_id, last_at, count, untold, error, next_at, closed_at)
      select p.id, 'workflow', new_id(), now(), 42, 0, '{"code":"x","message":"The CRM answered 503."}', now(), closed
      from project p, (values (null::timestamptz), (now())) as c (closed)`);
    const open = z.array(AlertView).parse((await api.call('GET alerts?open=true')).body.items);
    expect(open).toMatchObject([
      { kind: 'workflow', count: 42, message: 'The CRM answered 503.', closedAt: null },
    ]);
    expect((await api.call('GET alerts')).body.items).toHaveLength(2);
  });

  it('can be tried: a test goes the way of every alert', async () => {
    expect((await api.call('POST alerts/test', { body: MAIL })).status).toBe(202);
    const { body } = await api.call('GET alerts/messages');
    expect(z.array(AlertMessageView).parse(body.items)).toMatchObject([
      { connection: 'ops-mail', status: 'waiting', tries: 0, sentAt: null },
    ]);
  });
});
