import { startHttpReceiver } from '@hookloom/testing/http-receiver';
import { chromium, type BrowserContext } from 'playwright-core';
import { CHROMIUM_ARGS, chromiumPath } from '../../../tools/chromium.mjs';
import { OWNER, startProduct } from '../../support/product.js';

/** What the browser tests of one worker share: one started product, one browser, one signed-in owner. */
export interface Stage {
  /** Where the product answers. */
  readonly url: string;
  readonly apiKey: string;
  /** A server outside that answers all but `/crm-away`. */
  readonly outside: string;
  /** Where the browser is reached. */
  readonly browser: string;
  /** The owner's session. */
  readonly session: Awaited<ReturnType<BrowserContext['storageState']>>;
}

const API_KEY = 'hl_the-browser-tests-look-things-up-with-it';

export interface StartedStage extends Stage {
  close(): Promise<void>;
}

export async function startStage(): Promise<StartedStage> {
  const product = await startProduct({ env: { HOOKLOOM_API_KEY: API_KEY } });
  const outside = await startHttpReceiver((request, response) => {
    response.writeHead(request.url.startsWith('/crm-away') ? 503 : 200).end();
  });
  const server = await chromium.launchServer({ executablePath: chromiumPath(), args: CHROMIUM_ARGS });
  return {
    url: product.url,
    apiKey: API_KEY,
    outside: outside.url,
    browser: server.wsEndpoint(),
    session: await signIn(server.wsEndpoint(), product.url),
    close: async () => {
      await server.close();
      await product[Symbol.asyncDispose]();
      await outside.close();
    },
  };
}

/** Once for all tests, as logins are limited in number. */
async function signIn(wsEndpoint: string, url: string): Promise<Stage['session']> {
  const browser = await chromium.connect(wsEndpoint);
  const context = await browser.newContext();
  const answer = await context.request.post(`${url}/api/v1/auth/login`, { data: OWNER });
  if (!answer.ok()) throw new Error(`The owner could not sign in: ${answer.status()}`);
  const session = await context.storageState();
  await browser.close();
  return session;
}
