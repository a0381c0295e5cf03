import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest, OWNER } from '../../test/api-under-test.js';
import { SetupService } from './setup.service.js';

const ORIGIN = 'http://localhost:3210';

async function setupToken(api: ApiUnderTest): Promise<string> {
  const link = await api.app.get(SetupService).renewLink();
  return new URL(link ?? '').searchParams.get('token') ?? '';
}

function cookieOf(headers: Record<string, unknown>): string {
  return String(headers['set-cookie']).split(';')[0] ?? '';
}

describe('the first visit', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await ApiUnderTest.start({});
  });
  afterAll(() => api.close());
  const anyone = { key: null };

  it('says without login that setup is open', async () => {
    const answer = await api.call('GET session', anyone);
    expect(answer).toMatchObject({ status: 200, body: { user: null, setupOpen: true } });
  });

  it.each([
    ['no token', {}],
    ['a wrong token', { token: 'wrong' }],
    ['a token of another type', { token: 7 }],
    ['no body', undefined],
  ])('refuses %s with 403, before it looks at anything else', async (_name, body) => {
    const answer = await api.call('POST setup', { ...anyone, ...(body ? { body } : {}) });
    expect(answer).toMatchObject({ status: 403, body: { status: 403, code: 'setup_token' } });
  });

  it.each(['short', 'aaaaaaaaaaaa', 'password1234', '1234567890', 'qwertyuiop', 'abcabcabcabc'])(
    'refuses the weak password %s with 422',
    async (password) => {
      const token = await setupToken(api);
      const answer = await api.call('POST setup', {
        ...anyone,
        body: { email: OWNER.email, password, token },
      });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'password' }] } });
    },
  );

  it('lets one of many parallel visitors become the owner', async () => {
    const token = await setupToken(api);
    const visits = Array.from({ length: 8 }, (_, at) =>
      api.call('POST setup', { ...anyone, body: { ...OWNER, email: `v${at}@example.com`, token } }),
    );
    const statuses = (await Promise.all(visits)).map((answer) => answer.status).toSorted();
    expect(statuses).toEqual([201, 409, 409, 409, 409, 409, 409, 409]);
    expect((await api.call('GET session', anyone)).body.setupOpen).toBe(false);
  });

  it('answers 409 afterwards, whatever the body is', async () => {
    for (const rawBody of ['{"a":', '{}', 'x'.repeat(5_000_000)]) {
      expect((await api.call('POST setup', { ...anyone, rawBody })).status).toBe(409);
    }
    expect(await api.app.get(SetupService).renewLink()).toBeUndefined();
  });
});

describe('signing in', () => {
  let api: ApiUnderTest;
  beforeAll(async () => {
    api = await ApiUnderTest.start();
  });
  afterAll(() => api.close());

  const signIn = async (): Promise<string> => {
    const answer = await api.call('POST auth/login', { key: null, body: OWNER });
    expect(answer).toMatchObject({ status: 200, body: { user: { email: OWNER.email, role: 'owner' } } });
    return cookieOf(answer.headers);
  };

  it('sets a cookie that scripts cannot read and other sites cannot send', async () => {
    const answer = await api.call('POST auth/login', { key: null, body: OWNER });
    expect(answer.headers['set-cookie']).toMatch(
      /^hookloom_session=\S+; Max-Age=\d+; Path=\/; HttpOnly; SameSite=Lax$/,
    );
  });

  it('knows the owner by the cookie, until sign-out', async () => {
    const cookie = await signIn();
    const me = { key: null, headers: { cookie } };
    expect((await api.call('GET auth/me', me)).body).toMatchObject({ email: OWNER.email });
    expect((await api.call('POST auth/logout', { ...me, headers: { cookie, origin: ORIGIN } })).status).toBe(
      204,
    );
    expect((await api.call('GET auth/me', me)).status).toBe(401);
  });

  it('does not care about upper and lower case in the address', async () => {
    const body = { ...OWNER, email: 'Owner@Example.COM' };
    expect((await api.call('POST auth/login', { key: null, body })).status).toBe(200);
  });

  it.each([
    ['a foreign page', 'https://evil.example', 403],
    ['no page at all', 'null', 403],
    ['the public URL', ORIGIN, 204],
    ['the host that was asked', 'http://intranet:8080', 204],
  ])('answers an unsafe request from %s', async (_name, origin, status) => {
    const headers = { cookie: await signIn(), origin, host: 'intranet:8080' };
    expect((await api.call('POST auth/logout', { key: null, headers })).status).toBe(status);
  });

  it('stores neither session tokens nor API keys as they are', async () => {
    const token = (await signIn()).split('=')[1] ?? '';
    expect(token.length).toBeGreaterThan(40);
    const tables = await api.parts.pools.ui.query(
      `select (select string_agg(s::text, ' ') from session s) || (select string_agg(k::text, ' ') from api_key k) as all`,
    );
    expect(tables.rows[0].all).not.toContain(token);
    expect(tables.rows[0].all).not.toContain('hl_');
  });

  it('slows down whoever guesses, and tells how long to wait', async () => {
    const guess = () =>
      api.call('POST auth/login', { key: null, body: { ...OWNER, email: 'a@example.com' } });
    const answers = [];
    for (let count = 0; count < 11; count += 1) answers.push(await guess());
    expect(answers.map((answer) => answer.status)).toEqual([...Array(10).fill(401), 429]);
    expect(Number(answers[10]?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('where the public URL is https', () => {
  it('binds the cookie to this host and to TLS', async () => {
    const api = await ApiUnderTest.start({
      HOOKLOOM_PUBLIC_URL: 'https://hooks.example.com/',
      HOOKLOOM_OWNER_EMAIL: OWNER.email,
      HOOKLOOM_OWNER_PASSWORD: OWNER.password,
    });
    const answer = await api.call('POST auth/login', { key: null, body: OWNER });
    expect(answer.headers['set-cookie']).toMatch(/^__Host-hookloom_session=.*; Secure$/);
    expect(answer.headers['strict-transport-security']).toBeDefined();
    await api.close();
  });
});
