import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';
import { freePort } from '@hookloom/testing/free-port';

const run = promisify(execFile);

function isThere(program: string, ...args: string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Programs of this machine that run a text. */
const RUNNERS = {
  curl: { program: 'sh', flag: '-c', isThere: isThere('curl', '--version') && isThere('openssl', 'version') },
  node: { program: process.execPath, flag: '-e', isThere: true },
  python: { program: 'python3', flag: '-c', isThere: isThere('python3', '--version') },
} as const;
type Language = keyof typeof RUNNERS;

let api: ApiUnderTest;
beforeAll(async () => {
  const port = await freePort();
  api = await ApiUnderTest.start({
    HOOKLOOM_OWNER_EMAIL: 'owner@example.com',
    HOOKLOOM_OWNER_PASSWORD: 'lantern-orchid-42',
    HOOKLOOM_API_KEY: 'hl_0123456789abcdefghijklmnopqrstuv',
    HOOKLOOM_PUBLIC_URL: `http://127.0.0.1:${port}`,
  });
  await api.app.listen(port, '127.0.0.1');
});
afterAll(() => api.close());

const base64Key = `whsec_${Buffer.from('a key of two dozen bytes').toString('base64')}`;
const ENDPOINTS: readonly (readonly [string, object])[] = [
  ['GitHub: hex over the body', { sender: 'github', secret: 'it\'s a $ecret `with` "signs"' }],
  ['Shopify: base64 over the body', { sender: 'shopify', secret: 'shpss_0123456789abcdef' }],
  ['Stripe: time and body', { sender: 'stripe', secret: 'whsec_0123456789' }],
  ['Slack: time, version and body', { sender: 'slack', secret: '8f742231b10e8888abcd99yyyzzz85a5' }],
  ['Standard Webhooks: base64 key, id, time, body', { sender: 'standard-webhooks', secret: base64Key }],
  ['Zendesk: time as ISO', { sender: 'zendesk', secret: 'dGhpc19zZWNyZXQ=' }],
  ['Square: URL and body', { sender: 'square', secret: 'signature-key' }],
  ['Twilio: URL and form', { sender: 'twilio', secret: 'auth-token' }],
  ['HubSpot: milliseconds, method and URL', { sender: 'hubspot', secret: 'client-secret' }],
  ['Cloudinary: a plain hash', { sender: 'cloudinary', secret: 'api-secret', scheme: 'sha256' }],
  ['Telegram: a token', { sender: 'telegram', secret: 'a-token' }],
  [
    'a rule of one\u2019s own',
    {
      sender: 'hmac',
      secret: 'own',
      verify: {
        header: 'x-sig',
        algorithm: 'sha512',
        encoding: 'base64url',
        template: 'v1:{timestamp}:{body}',
        timestampHeader: 'x-at',
      },
    },
  ],
];

async function outputOf(language: Language, snippet: string, secret: string): Promise<string> {
  const { program, flag } = RUNNERS[language];
  const env = { ...process.env, SIGNING_SECRET: secret };
  const { stdout } = await run(program, [flag, snippet], { env, timeout: 30_000 });
  return stdout;
}

describe.each(Object.keys(RUNNERS) as Language[])('the program for %s', (language) => {
  it.skipIf(!RUNNERS[language].isThere).each(ENDPOINTS)('signs as %s', async (_how, settings) => {
    const secret: string = Reflect.get(settings, 'secret');
    const endpoint = (await api.call('POST endpoints', { body: { name: 'Snippets', ...settings } })).body;
    const snippets = (await api.call(`POST endpoints/${endpoint.id}/snippets`, { body: {} })).body;
    expect(snippets[language]).not.toContain(secret);
    const output = await outputOf(language, snippets[language], secret);
    const { items } = (await api.call(`GET events?endpointId=${endpoint.id}`)).body;
    expect({ output, events: items }).toMatchObject({
      events: [{ status: 'captured', verification: { status: 'verified' } }],
    });
  });
});
