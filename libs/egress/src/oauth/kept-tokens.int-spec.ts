import { RetryableError, type OpenConnection, type StepError } from '@hookloom/step-kit';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseAllowedHosts } from '../allowed-hosts.js';
import { createEgress, type Egress } from '../egress.js';

let egress: Egress;
let provider: HttpReceiver;
beforeAll(() => {
  egress = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.1') });
});
afterAll(() => egress.close());
let given = 0;
beforeEach(async () => {
  given = 0;
  provider = await startHttpReceiver((_request, response) => {
    given += 1;
    response.end(JSON.stringify({ access_token: `token-${given}`, token_type: 'Bearer', expires_in: 3600 }));
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await provider.close();
});

const SECRET = 'a:client secret+';
const aConnection = (more: object = {}): OpenConnection => ({
  key: 'crm',
  type: 'http.oauth2',
  data: { tokenUrl: `${provider.url}/token`, clientId: 'my app', clientSecret: SECRET, ...more },
});
const get = (connection = aConnection(), signal = new AbortController().signal) =>
  egress.tokens.get(connection, signal);

async function failureOf(asking: Promise<string>): Promise<StepError> {
  return asking.then(
    () => Promise.reject(new Error('It did not fail')),
    (error: StepError) => error,
  );
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
  provider.answer((_request, response) => response.writeHead(status, headers).end(JSON.stringify(body)));
}

describe('asking for a token', () => {
  it('sends id and secret in the header, form-encoded as the standard says', async () => {
    expect(await get(aConnection({ scope: 'read write', audience: 'https://api' }))).toBe('token-1');
    const [request] = provider.requests;
    expect(request).toMatchObject({ method: 'POST', url: '/token' });
    const login = Buffer.from('my+app:a%3Aclient+secret%2B').toString('base64');
    expect(request?.headers.authorization).toBe(`Basic ${login}`);
    expect(request?.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(Object.fromEntries(new URLSearchParams(request?.body.toString()))).toEqual({
      grant_type: 'client_credentials',
      scope: 'read write',
      audience: 'https://api',
    });
  });

  it('sends them in the body where the provider wants them there', async () => {
    await get(aConnection({ authentication: 'body' }));
    expect(provider.requests[0]?.headers.authorization).toBeUndefined();
    expect(new URLSearchParams(provider.requests[0]?.body.toString()).get('client_secret')).toBe(SECRET);
  });

  it('passes the address guard', async () => {
    const inside = aConnection({ tokenUrl: 'http://169.254.169.254/token' });
    expect(await failureOf(get(inside))).toMatchObject({ code: 'address_not_allowed' });
  });

  it('tells what the provider answered and what to do, without the secret', async () => {
    answer(401, { error: 'invalid_client', error_description: `no app with ${SECRET}` });
    const failure = await failureOf(get());
    expect(failure).toMatchObject({
      name: 'ConfigurationError',
      code: 'token_refused',
      options: { status: 401 },
    });
    expect(failure.message).toContain('invalid_client: no app with [hidden]');
    expect(failure.message).toContain('Check the client id and secret');
  });

  it('says when the answer holds no token', async () => {
    answer(200, { hello: 1 });
    expect((await failureOf(get())).message).toContain('without an access_token');
  });

  it('may be tried again while the provider is away', async () => {
    answer(503, 'down', { 'retry-after': '7' });
    const failure = await failureOf(get());
    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure.options.retryAfterMs).toBeGreaterThan(6_000);
    answer(200, { access_token: 'later' });
    expect(await get()).toBe('later');
  });
});

describe('a token', () => {
  it('is asked for once by all who need it at the same time, and kept', async () => {
    expect(await Promise.all([get(), get(), get()])).toEqual(['token-1', 'token-1', 'token-1']);
    expect(await get()).toBe('token-1');
    expect(provider.requests).toHaveLength(1);
  });

  it('is asked for anew shortly before it expires', async () => {
    const start = performance.now();
    const clock = vi.spyOn(performance, 'now').mockReturnValue(start);
    await get();
    clock.mockReturnValue(start + 3_530_000);
    expect(await get()).toBe('token-1');
    clock.mockReturnValue(start + 3_541_000);
    expect(await get()).toBe('token-2');
  });

  it('that was refused is not given again, and one refusal asks for one token', async () => {
    const old = await get();
    egress.tokens.drop(aConnection(), old);
    const next = await get();
    egress.tokens.drop(aConnection(), old);
    expect([next, await get()]).toEqual(['token-2', 'token-2']);
  });

  it('is forgotten with the data that it was given for', async () => {
    await get();
    expect(await get(aConnection({ scope: 'more' }))).toBe('token-2');
  });

  it('is still there for others where the one who asked first gave up', async () => {
    const stop = new AbortController();
    let reply: () => void = () => undefined;
    provider.answer((_request, response) => {
      reply = () => response.end('{"access_token":"shared"}');
    });
    const first = failureOf(get(aConnection(), stop.signal));
    const second = get();
    await provider.waitFor(1);
    stop.abort(new Error('cancelled'));
    expect((await first).message).toBe('cancelled');
    reply();
    expect(await second).toBe('shared');
  });
});
