import { RetryableError, type Evaluated, type OpenConnection, type StepError } from '@hookloom/step-kit';
import {
  answerHttp,
  giveTokens,
  keptFiles,
  runStep,
  type HttpAnswer,
  type StepRun,
} from '@hookloom/step-kit/testing';
import { describe, expect, it } from 'vitest';
import { HttpConfig } from './http.config.js';
import { httpStep } from './http.step.js';

const URL = 'https://api.example.com/orders';
const json = { 'content-type': 'application/json; charset=utf-8' };

async function call(
  config: Record<string, unknown>,
  answers: HttpAnswer[] = [],
  more: Partial<StepRun> = {},
) {
  const http = answerHttp(...answers);
  const outcome = await runStep(httpStep, { config: { url: URL, ...config }, http, ...more });
  if (outcome.kind !== 'output') throw new Error('No output');
  const text = (outcome.output as Evaluated).json;
  return { text, output: JSON.parse(text), detail: outcome.detail, sent: http.sent, request: http.sent[0] };
}

async function failureOf(...given: Parameters<typeof call>): Promise<StepError> {
  try {
    await call(...given);
  } catch (error) {
    return error as StepError;
  }
  throw new Error('It did not fail');
}

describe('an http request', () => {
  it('is a GET without a body unless more is said', async () => {
    const { request, output } = await call({}, [{ status: 200, headers: json, body: '{"a":1}' }]);
    expect(request).toMatchObject({ method: 'GET', url: URL, headers: {}, followRedirects: false });
    expect(request).not.toHaveProperty('body');
    expect(output).toEqual({ status: 200, headers: json, body: { a: 1 } });
  });

  it('adds its query percent-encoded to the URL as written', async () => {
    const query = { q: 'a b+c&d', list: ['x', 2], none: null, empty: '' };
    const { request } = await call({ url: `${URL}?fixed=%20#part`, query });
    expect(request?.url).toBe(`${URL}?fixed=%20&q=a%20b%2Bc%26d&list=x&list=2&empty=#part`);
  });

  it('sends headers once, whatever the case of their names, and leaves null out', async () => {
    const headers = { 'X-One': 'a', 'x-list': ['a', 1], 'X-None': null };
    const { request } = await call({ headers });
    expect(request?.headers).toEqual({ 'x-one': 'a', 'x-list': ['a', '1'] });
  });

  it.each([
    ['json by default', { body: { a: [1, null] } }, 'application/json', '{"a":[1,null]}'],
    ['json from a list', { body: [1] }, 'application/json', '[1]'],
    ['json from a text', { body: 'hello' }, 'application/json', '"hello"'],
    ['json from text that is JSON', { body: ' {"a": 1}' }, 'application/json', ' {"a": 1}'],
    ['json null when asked for', { bodyType: 'json', body: null }, 'application/json', 'null'],
    [
      'form',
      { bodyType: 'form', body: { a: 'x y', b: [1, 2], c: null } },
      'application/x-www-form-urlencoded',
      'a=x+y&b=1&b=2',
    ],
    ['text', { bodyType: 'text', body: { a: 1 } }, 'text/plain; charset=utf-8', '{"a":1}'],
  ])('sends a body as %s', async (_name, config, contentType, body) => {
    const { request } = await call({ method: 'POST', ...config });
    expect(request?.headers).toMatchObject({ 'content-type': contentType });
    expect(request?.body).toBe(body);
  });

  it('sends multipart fields and files', async () => {
    const body = {
      a: 'x',
      file: { filename: 'a"b.txt', content: 'aGk=', encoding: 'base64', contentType: 'text/plain' },
    };
    const { request } = await call({ method: 'POST', bodyType: 'multipart', body });
    const type = String(request?.headers?.['content-type']);
    const form = await new Response(Buffer.from(request?.body ?? ''), {
      headers: { 'content-type': type },
    }).formData();
    expect(form.get('a')).toBe('x');
    const file = form.get('file') as File;
    expect(file.type).toBe('text/plain');
    expect(await file.text()).toBe('hi');
  });

  it('sends no body when it is null or its type is none', async () => {
    expect((await call({ method: 'POST', body: null })).request).not.toHaveProperty('body');
    expect((await call({ method: 'POST', bodyType: 'none', body: { a: 1 } })).request).not.toHaveProperty(
      'body',
    );
  });

  it('keeps the content type of the author', async () => {
    const { request } = await call({
      method: 'POST',
      body: {},
      headers: { 'Content-Type': 'application/vnd.x+json' },
    });
    expect(request?.headers).toMatchObject({ 'content-type': 'application/vnd.x+json' });
  });

  it('that looks like JSON but is not is the author’s to correct', async () => {
    expect(await failureOf({ method: 'POST', body: '{"a": ' })).toMatchObject({ name: 'ConfigurationError' });
  });
});

describe('the Idempotency-Key', () => {
  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('goes with %s', async (method) => {
    const { request } = await call({ method }, [], { idempotencyKey: 'key-7' });
    expect(request?.headers).toMatchObject({ 'idempotency-key': 'key-7' });
  });

  it.each(['GET', 'HEAD'])('does not go with %s', async (method) => {
    expect((await call({ method })).request?.headers).not.toHaveProperty('idempotency-key');
  });

  it('is the author’s if they set one', async () => {
    const { request } = await call({ method: 'post', headers: { 'Idempotency-KEY': 'mine' } });
    expect(request?.headers).toEqual({ 'idempotency-key': 'mine' });
  });

  it('makes every method but GET and HEAD one that may be repeated with a key', () => {
    const repeat = (method: string) =>
      typeof httpStep.repeat === 'function' ? httpStep.repeat(HttpConfig.parse({ url: URL, method })) : '';
    expect(['GET', 'HEAD', 'POST', 'DELETE'].map(repeat)).toEqual(['safe', 'safe', 'keyed', 'keyed']);
  });
});

describe('an answer', () => {
  it('in JSON keeps all digits of its numbers', async () => {
    const body = '{"id":12345678901234567890,"v":1.10}';
    expect((await call({}, [{ headers: json, body }])).text).toContain(body);
  });

  it.each([
    ['text/plain', 'hi', 'hi'],
    ['application/xml', '<a/>', '<a/>'],
    ['', 'hi', 'hi'],
    ['application/problem+json', '[1]', [1]],
    ['application/json', 'not json', 'not json'],
    ['application/json', '', null],
    ['text/plain; charset=iso-8859-1', 'hi', 'hi'],
    ['image/png', 'hi', { contentType: 'image/png', size: 2, base64: 'aGk=' }],
  ])('of the type %j is read as such', async (contentType, body, expected) => {
    const { output } = await call({}, [{ headers: { 'content-type': contentType }, body }]);
    expect(output.body).toEqual(expected);
  });

  it('is read as the author says', async () => {
    const answer = { headers: { 'content-type': 'text/html' }, body: '{"a":1}' };
    expect((await call({ responseType: 'json' }, [answer])).output.body).toEqual({ a: 1 });
    expect((await call({ responseType: 'text' }, [answer])).output.body).toBe('{"a":1}');
    expect((await call({ responseType: 'base64' }, [answer])).output.body).toMatchObject({ size: 7 });
  });

  it('that should be JSON and is not is an error', async () => {
    const error = await failureOf({ responseType: 'json' }, [{ body: '<html>' }]);
    expect(error).toMatchObject({ name: 'PermanentError', code: 'unreadable_answer' });
  });

  it('nested deeper than 64 levels stays text', async () => {
    const deep = '['.repeat(10_000) + ']'.repeat(10_000);
    expect((await call({}, [{ headers: json, body: deep }])).output.body).toBe(deep);
  });
});

describe('a status', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])('%i may be tried again', async (status) => {
    const error = await failureOf({}, [{ status, headers: { 'retry-after': '30' } }]);
    expect(error).toMatchObject({ name: 'RetryableError', code: 'http_status' });
    expect(error.options).toMatchObject({ status, retryAfterMs: 30_000 });
    expect(error.message).toMatch(new RegExp(`^api\\.example\\.com answered ${status} \\(`));
  });

  it.each([400, 401, 404, 409, 410, 422, 501, 505])('%i is for good', async (status) => {
    const error = await failureOf({}, [{ status, body: 'secret body' }]);
    expect(error).toMatchObject({ name: 'PermanentError', code: 'http_status' });
    expect(error.options.status).toBe(status);
    expect(error.message).not.toContain('secret body');
    expect(error.options.detail).toMatchObject({ response: { status, body: 'secret body' } });
  });

  it.each([
    [404, 404],
    [404, '404, 409'],
    [404, '4xx'],
    [503, ['4xx', '500-503']],
    [500, [500]],
  ])('%i is fine where %j is accepted', async (status, acceptStatus) => {
    expect((await call({ acceptStatus }, [{ status }])).output.status).toBe(status);
  });

  it('that is not accepted stays an error', async () => {
    expect(await failureOf({ acceptStatus: '404, 5xx' }, [{ status: 403 }])).toMatchObject({
      code: 'http_status',
    });
  });

  it('below 400 is an output, a redirect too', async () => {
    expect((await call({}, [{ status: 302 }])).output.status).toBe(302);
  });
});

describe('a connection', () => {
  const basic: OpenConnection = {
    key: 'shop',
    type: 'http.basic',
    data: { user: 'ana', password: 'long-password' },
  };
  const cases: [OpenConnection, string, string][] = [
    [basic, 'authorization', `Basic ${btoa('ana:long-password')}`],
    [
      { key: 'shop', type: 'http.bearer', data: { token: 'long-token' } },
      'authorization',
      'Bearer long-token',
    ],
    [
      { key: 'shop', type: 'http.header', data: { name: 'X-Shop-Id', value: 'long-value' } },
      'x-shop-id',
      'long-value',
    ],
  ];

  it.each(cases)('adds its login and is never shown: %j', async (connection, name, value) => {
    const echo = { headers: { 'x-echo': value }, body: `you sent ${value}` };
    const { request, detail } = await call({ connection: 'shop' }, [echo], { connection });
    expect(request?.headers?.[name]).toBe(value);
    expect(request?.secretHeaders).toEqual([name]);
    const secret = value.replace(/^\w+ /, '');
    expect(JSON.stringify(detail)).not.toContain(secret);
    expect(JSON.stringify(detail)).toContain('[hidden]');
  });

  it('of another type is the author’s to correct', async () => {
    const connection = { key: 'mail', type: 'smtp', data: {} };
    expect(await failureOf({}, [], { connection })).toMatchObject({
      name: 'ConfigurationError',
      code: 'wrong_connection',
    });
  });
});

describe('what is kept with the attempt', () => {
  it('is what was sent and answered, with headers of secrets hidden and bodies cut', async () => {
    const headers = { authorization: 'mine', 'x-api-key': 'k', accept: '*/*' };
    const { detail } = await call({ method: 'POST', headers, body: { a: 1 } }, [
      { status: 200, headers: { 'set-cookie': 'sid=1' }, body: 'x'.repeat(20_000) },
    ]);
    expect(detail).toMatchObject({
      request: {
        method: 'POST',
        url: URL,
        body: '{"a":1}',
        headers: { authorization: 'hidden', 'x-api-key': 'hidden', accept: '*/*' },
      },
      response: { status: 200, bodyBytes: 20_000, bodyCut: true, headers: { 'set-cookie': 'hidden' } },
    });
    expect((detail as { response: { body: string } }).response.body).toHaveLength(16 * 1024);
  });

  it('is there too when nothing was answered', async () => {
    const error = await failureOf({}, [new RetryableError('refused', { code: 'connect_refused' })]);
    expect(error).toMatchObject({ code: 'connect_refused' });
    expect(error.options.detail).toMatchObject({ request: { method: 'GET', url: URL } });
  });
});

describe('files', () => {
  const EVENT = '0199d9c2-6b1e-7000-8000-0123456789ab';
  const stored = {
    filename: 'inv"\r\nX-Evil: 1.pdf',
    contentType: 'application/pdf',
    size: 4,
    ref: `${EVENT}#1`,
  };
  const files = keptFiles({ [`${EVENT}#1`]: '%PDF', [`${EVENT}#2`]: 'a,b', [EVENT]: 'zip' });

  it('of the trigger are sent as file parts, alone and in a list, beside what is no file', async () => {
    const csv = { filename: '../etc/list.csv', contentType: 'text/csv\r\nX: y', size: 3, ref: `${EVENT}#2` };
    const answered = { contentType: 'image/png', size: 2, base64: 'aGk=' };
    const body = { note: { ref: 'refs/heads/main', size: 1 }, invoice: stored, all: [csv, answered] };
    const { request, detail } = await call({ method: 'POST', bodyType: 'multipart', body }, [], { files });
    expect(Object.keys(request?.headers ?? {})).not.toContain('x-evil');
    const form = await new Response(Buffer.from(request?.body ?? ''), {
      headers: { 'content-type': String(request?.headers?.['content-type']) },
    }).formData();
    const sent = [form.get('invoice'), ...form.getAll('all')] as File[];
    expect(sent.map(({ name, type }) => [name, type])).toEqual([
      ['inv" X-Evil: 1.pdf', 'application/pdf'],
      ['list.csv', 'application/octet-stream'],
      ['file.png', 'image/png'],
    ]);
    expect(await Promise.all(sent.map((file) => file.text()))).toEqual(['%PDF', 'a,b', 'hi']);
    expect(form.get('note')).toBe('{"ref":"refs/heads/main","size":1}');
    expect(JSON.stringify(detail)).toContain('list.csv');
    expect(JSON.stringify(detail)).not.toContain('%PDF');
  });

  it('are a whole body under their own type, or one that the author sets', async () => {
    const asked = {
      method: 'PUT',
      bodyType: 'file',
      body: { contentType: 'application/zip', size: 3, ref: EVENT },
    };
    const { request } = await call(asked, [], { files });
    expect(request?.headers?.['content-type']).toBe('application/zip');
    expect(Buffer.from(request?.body ?? '').toString()).toBe('zip');
    const own = await call({ ...asked, headers: { 'Content-Type': 'x/y' } }, [], { files });
    expect(own.request?.headers?.['content-type']).toBe('x/y');
  });

  it('that are none are refused', async () => {
    expect(await failureOf({ method: 'PUT', bodyType: 'file', body: { a: 1 } })).toMatchObject({
      code: 'invalid_field',
    });
  });

  it('of more than 16 MiB together are refused', async () => {
    const large = keptFiles({ [EVENT]: new Uint8Array(9 * 1024 * 1024) });
    const one = { contentType: 'a/b', size: 1, ref: EVENT };
    const asked = { method: 'POST', bodyType: 'multipart', body: { f: [one, one] } };
    expect(await failureOf(asked, [], { files: large })).toMatchObject({ code: 'files_too_large' });
  });
});

describe('a connection of the type http.oauth2', () => {
  const connection: OpenConnection = {
    key: 'crm',
    type: 'http.oauth2',
    data: { tokenUrl: 'https://login.example.com/token', clientId: 'app', clientSecret: 'a-client-secret' },
  };

  it('sends its token, and a 401 is asked once more with a new one', async () => {
    const tokens = giveTokens('token-one', 'token-two');
    const { sent } = await call({}, [{ status: 401 }, { status: 200 }], { connection, tokens });
    expect(sent.map(({ headers }) => headers?.['authorization'])).toEqual([
      'Bearer token-one',
      'Bearer token-two',
    ]);
    expect(sent[0]?.secretHeaders).toEqual(['authorization']);
    expect(tokens.dropped).toEqual(['token-one']);
  });

  it('gives up at the second 401', async () => {
    const failure = await failureOf({}, [{ status: 401 }], { connection, tokens: giveTokens('a', 'b') });
    expect(failure).toMatchObject({ code: 'http_status', options: { status: 401 } });
  });
});
