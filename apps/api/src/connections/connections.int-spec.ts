import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PgConnectionSource } from '@hookloom/persistence';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, UNATTENDED } from '../../test/api-under-test.js';

const PASSWORD = 'hunter-two-and-more';
let api: ApiUnderTest;
let smtp: SMTPServer;
let slack: Server;

beforeAll(async () => {
  api = await ApiUnderTest.start({ ...UNATTENDED, HOOKLOOM_ALLOWED_PRIVATE_HOSTS: '127.0.0.1' });
  smtp = new SMTPServer({
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ password }, _session, done) =>
      password === PASSWORD ? done(null, { user: 'shop' }) : done(new Error('Wrong password')),
  });
  slack = createServer((request, reply) => {
    if (request.url === '/token') {
      const isApp =
        request.headers.authorization === `Basic ${Buffer.from('app:good-secret').toString('base64')}`;
      reply.statusCode = isApp ? 200 : 401;
      const told = isApp ? { access_token: 'a-fresh-token', expires_in: 3600 } : { error: 'invalid_client' };
      reply.end(JSON.stringify(told));
      return;
    }
    const isKnown = request.headers.authorization === 'Bearer xoxb-good' || request.url === '/hook/good';
    reply.statusCode = request.url?.startsWith('/hook') ? (isKnown ? 400 : 404) : 200;
    reply.end(
      JSON.stringify(
        isKnown ? { ok: true, user: 'bot', team: 'Shop' } : { ok: false, error: 'invalid_auth' },
      ),
    );
  });
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  await api.close();
  await new Promise<void>((resolve) => smtp.close(resolve));
  slack.close();
});

const portOf = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
const mailData = (password: string) => ({
  host: '127.0.0.1',
  port: portOf(smtp.server),
  user: 'shop',
  password,
  from: 'Shop <shop@example.com>',
});

async function create(body: object) {
  const answer = await api.call('POST connections', { body });
  expect(answer.status).toBe(201);
  return answer.body;
}

describe('the data of a connection', () => {
  it('never comes back, and is stored encrypted', async () => {
    const made = await create({ name: 'Shop mail', type: 'smtp', data: mailData(PASSWORD) });
    expect(made).toMatchObject({ key: 'shop-mail', type: 'smtp' });
    const looks = [
      made,
      (await api.call(`GET connections/${made.id}`)).body,
      (await api.call('GET connections')).body,
    ];
    for (const look of looks) expect(JSON.stringify(look)).not.toMatch(/hunter|data|sealed/);
    const { rows } = await api.parts.pools.ui.query(`select sealed from connection where id = $1`, [made.id]);
    expect(rows[0].sealed.toString('latin1')).not.toContain('hunter');
    const owner = { projectId: (await projectId()) ?? '', recordId: made.id };
    expect(JSON.parse(api.parts.secretBox.open(rows[0].sealed, owner))).toMatchObject({
      password: PASSWORD,
      secure: false,
    });
  });

  it.each([
    ['of an unknown type', { type: 'fax', data: {} }, 'type'],
    ['without a required field', { type: 'smtp', data: { host: 'a', port: 25 } }, 'data.from'],
    ['with a field of another type', { type: 'http.bearer', data: { token: 7 } }, 'data.token'],
    [
      'with a header name of two lines',
      { type: 'http.header', data: { name: 'a\nb', value: 'c' } },
      'data.name',
    ],
    [
      'with an address that is none',
      { type: 'slack.webhook', data: { url: 'file:///etc/passwd' } },
      'data.url',
    ],
  ])('is refused with 422: %s', async (_name, part, path) => {
    const answer = await api.call('POST connections', { body: { name: 'Bad', ...part } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path }] } });
  });

  it('stays when a connection is renamed, and is replaced as a whole', async () => {
    const made = await create({ name: 'Token', type: 'http.bearer', data: { token: 'first' } });
    const put = (body: object) => api.call(`PUT connections/${made.id}`, { body });
    expect((await put({ name: 'Renamed' })).body).toMatchObject({ name: 'Renamed', key: 'token' });
    expect((await put({ name: 'Renamed', data: {} })).status).toBe(422);
    expect((await put({ name: 'Renamed', type: 'smtp', data: {} })).status).toBe(422);
    expect((await put({ name: 'Renamed', data: { token: 'second' } })).status).toBe(200);
  });
});

describe('testing a connection', () => {
  const test = async (type: string, data: object) => {
    const { id } = await create({ name: 'Test', type, data });
    const answer = await api.call(`POST connections/${id}/test`);
    expect(answer.status).toBe(200);
    return answer.body;
  };

  it('signs in to the mail server', async () => {
    expect(await test('smtp', mailData(PASSWORD))).toMatchObject({ ok: true });
    const wrong = await test('smtp', mailData('wrong-password-here'));
    expect(wrong.ok).toBe(false);
    expect(wrong.message).not.toContain('wrong-password-here');
  });

  it('asks Slack', async () => {
    const apiUrl = `http://127.0.0.1:${portOf(slack)}/api`;
    expect(await test('slack.bot', { token: 'xoxb-good', apiUrl })).toMatchObject({ ok: true });
    expect(await test('slack.bot', { token: 'xoxb-bad', apiUrl })).toMatchObject({
      ok: false,
      message: expect.stringContaining('invalid_auth'),
    });
    const hook = (name: string) => ({ url: `http://127.0.0.1:${portOf(slack)}/hook/${name}` });
    expect(await test('slack.webhook', hook('good'))).toMatchObject({ ok: true });
    expect(await test('slack.webhook', hook('gone'))).toMatchObject({ ok: false });
  });

  it('asks an OAuth provider for a token, and tells what it answered', async () => {
    const tokenUrl = `http://127.0.0.1:${portOf(slack)}/token`;
    const good = await test('http.oauth2', { tokenUrl, clientId: 'app', clientSecret: 'good-secret' });
    expect(good).toEqual({ ok: true, message: expect.stringContaining('gave a token') });
    expect(good.message).not.toContain('a-fresh-token');
    const bad = await test('http.oauth2', { tokenUrl, clientId: 'app', clientSecret: 'bad-secret' });
    expect(bad).toEqual({ ok: false, message: expect.stringContaining('invalid_client') });
  });

  it('does not reach into the private network', async () => {
    const blocked = await test('slack.webhook', { url: 'http://169.254.169.254/latest/meta-data' });
    expect(blocked.ok).toBe(false);
  });
});

it('cannot be deleted while a workflow names it', async () => {
  const made = await create({ name: 'In use', type: 'http.bearer', data: { token: 'abc' } });
  const steps = [{ id: 'call', type: 'http', config: { url: 'https://example.com', connection: made.key } }];
  const workflow = (
    await api.call('POST workflows', { body: { name: 'User', definition: { format: 1, steps } } })
  ).body;
  expect(await api.call(`DELETE connections/${made.id}`)).toMatchObject({
    status: 409,
    body: { code: 'in_use' },
  });
  await api.call(`DELETE workflows/${workflow.id}`);
  expect((await api.call(`DELETE connections/${made.id}`)).status).toBe(204);
});

describe('changing a connection', () => {
  const openData = async (id: string) => {
    const { rows } = await api.parts.pools.ui.query('select sealed from connection where id = $1', [id]);
    const owner = { projectId: (await projectId()) ?? '', recordId: id };
    return JSON.parse(api.parts.secretBox.open(rows[0].sealed, owner));
  };

  it('keeps the fields that are left out, and takes away what is null', async () => {
    const made = await create({ name: 'Partly', type: 'smtp', data: mailData(PASSWORD) });
    const body = { data: { host: 'mail.example.com', user: null } };
    expect((await api.call(`PATCH connections/${made.id}`, { body })).status).toBe(200);
    const data = await openData(made.id);
    expect(data).toMatchObject({ host: 'mail.example.com', password: PASSWORD });
    expect(data).not.toHaveProperty('user');
  });

  it('refuses what would leave it incomplete', async () => {
    const made = await create({ name: 'Whole', type: 'http.bearer', data: { token: 'abc' } });
    const answer = await api.call(`PATCH connections/${made.id}`, { body: { data: { token: null } } });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'data.token' }] } });
  });

  it('drops line breaks around a pasted secret and refuses them inside', async () => {
    const made = await create({ name: 'Pasted', type: 'http.bearer', data: { token: ' abc\r\n' } });
    expect(await openData(made.id)).toEqual({ token: 'abc' });
    const body = { name: 'Split', type: 'http.bearer', data: { token: 'abc\r\nX-Evil: 1' } };
    const answer = await api.call('POST connections', { body });
    expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'data.token' }] } });
  });
});

describe('what is known of a connection', () => {
  const look = async (id: string) => (await api.call(`GET connections/${id}`)).body;

  it('is what its last test said, until its data changes; workflows that name it are warned', async () => {
    const made = await create({ name: 'Tested', type: 'smtp', data: mailData('wrong-password-here') });
    expect(made).toMatchObject({ status: 'untested', createdBy: 'owner@example.com', lastUsedAt: null });
    await api.call(`POST connections/${made.id}/test`);
    expect(await look(made.id)).toMatchObject({ status: 'broken', checkMessage: expect.any(String) });
    const config = { connection: made.key, to: 'a@example.com', subject: 'Hi' };
    const definition = { format: 1, steps: [{ id: 'mail', type: 'email', config }] };
    const workflow = (await api.call('POST workflows', { body: { name: 'Mailer', definition } })).body;
    expect(workflow.problems).toContainEqual(
      expect.objectContaining({ code: 'broken_connection', stepId: 'mail', blocking: false }),
    );
    await api.call(`PATCH connections/${made.id}`, { body: { data: { password: PASSWORD } } });
    expect(await look(made.id)).toMatchObject({ status: 'untested', usedBy: 1 });
    await api.call(`POST connections/${made.id}/test`);
    expect(await look(made.id)).toMatchObject({ status: 'ok' });
  });

  it('is who uses it; with that accepted it can be deleted all the same', async () => {
    const made = await create({ name: 'Wanted', type: 'http.bearer', data: { token: 'abc' } });
    const config = { url: 'https://example.com', connection: made.key };
    const definition = { format: 1, steps: [{ id: 'call', type: 'http', config }] };
    const workflow = (await api.call('POST workflows', { body: { name: 'Caller', definition } })).body;
    const { body } = await api.call(`GET connections/${made.id}/workflows`);
    expect(body.items).toEqual([{ id: workflow.id, key: 'caller', name: 'Caller', status: 'draft' }]);
    const listed = (await api.call('GET connections?limit=200')).body.items;
    expect(listed.find(({ id }: { id: string }) => id === made.id)).toMatchObject({ usedBy: 1 });
    expect((await api.call(`DELETE connections/${made.id}?evenIfUsed=true`)).status).toBe(204);
    const { problems } = (await api.call(`GET workflows/${workflow.id}`)).body;
    expect(problems).toContainEqual(expect.objectContaining({ code: 'missing_connection', blocking: true }));
  });

  it('is when a step used it last', async () => {
    const made = await create({ name: 'Used', type: 'http.bearer', data: { token: 'abc' } });
    const source = new PgConnectionSource(api.parts.pools.worker, api.parts.secretBox);
    await source.open((await projectId()) ?? '', made.key);
    expect((await look(made.id)).lastUsedAt).toEqual(expect.any(String));
  });
});

async function projectId(): Promise<string | undefined> {
  const { rows } = await api.parts.pools.ui.query(`select id from project where key = 'default'`);
  return rows[0]?.id;
}
