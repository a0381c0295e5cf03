import type {
  EndpointView,
  TemplateEffect,
  TemplateSample,
  TemplateSummary,
  TemplateView,
  WorkflowDefinition,
  WorkflowView,
} from '@hookloom/contracts';
import { toTemplateSetting } from '@hookloom/contracts';
import { sign } from '@hookloom/senders';
import { loadTemplates } from '@hookloom/templates';
import { startHttpReceiver, type HttpReceiver, type ReceivedRequest } from '@hookloom/testing/http-receiver';
import { startSmtpServer, type ReceivedMail, type SmtpStandIn } from '@hookloom/testing/smtp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startProduct, type Product } from '../support/product.js';

const TOKEN = 'a token that only the other side knows';
const TEXT = 'a secret that only the sender knows';
/** Secrets of the senders that can be signed for here; the others publish keys or sign nothing. */
const SECRETS: Readonly<Record<string, string>> = {
  shopify: TEXT,
  stripe: `whsec_${TEXT}`,
  github: TEXT,
  grafana: TEXT,
  typeform: TEXT,
  sanity: TEXT,
  meta: TEXT,
  'standard-webhooks': `whsec_${Buffer.from(TEXT).toString('base64')}`,
};

let product: Product;
let receiver: HttpReceiver;
let mail: SmtpStandIn;

beforeAll(async () => {
  [product, receiver, mail] = await Promise.all([startProduct(), startHttpReceiver(), startSmtpServer()]);
  const connections = {
    smtp: { host: '127.0.0.1', port: mail.port, secure: false, from: 'hookloom@example.com' },
    'slack.webhook': { url: `${receiver.url}/slack` },
    'http.bearer': { token: TOKEN },
  };
  for (const [type, data] of Object.entries(connections)) {
    await product.api.do('POST', '/connections', { name: type, key: keyOf(type), type, data });
  }
});
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await Promise.all([receiver?.close(), mail?.close()]);
});

function keyOf(type: string | undefined): string {
  return String(type).replace('.', '-');
}

/** `https://crm.example.com/contacts` becomes `http://127.0.0.1:PORT/crm.example.com/contacts`. */
function reachable(example: string): string {
  return example.replace('https:/', receiver.url);
}

/** The document with the connections chosen and the fields filled in, as the guided setup does it. */
function filledIn(template: TemplateView, { definition }: WorkflowView): WorkflowDefinition {
  const steps = definition.steps.map((step) => {
    const account = template.connections.find(({ steps: users }) => users.includes(step.id));
    const settings = template.fields
      .filter((field) => field.step === step.id && field.onlyFor === undefined)
      .map((field) => [
        field.field,
        toTemplateSetting(field, field.kind === 'url' ? reachable(field.example) : field.example),
      ]);
    const connection = account ? { connection: keyOf(account.types[0]) } : {};
    return { ...step, config: { ...step.config, ...connection, ...Object.fromEntries(settings) } };
  });
  return { ...definition, steps };
}

/** A live workflow from the template, and its URL. */
async function setUp(template: TemplateView): Promise<{ workflow: WorkflowView; endpoint: EndpointView }> {
  const { api } = product;
  const draft = await api.do<WorkflowView>('POST', `/templates/${template.slug}/use`, {});
  const definition = filledIn(template, draft);
  const { revision } = draft;
  const workflow = await api.do<WorkflowView>('PUT', `/workflows/${draft.id}`, { definition, revision });
  expect(workflow.problems.filter(({ blocking }) => blocking)).toEqual([]);
  const page = await api.do<{ items: EndpointView[] }>('GET', '/endpoints?limit=200');
  const key = definition.steps[0]?.config['endpoint'];
  const endpoint = page.items.find((item) => item.key === key);
  if (!endpoint) throw new Error(`no endpoint ${String(key)}`);
  const secret = SECRETS[template.sender];
  if (secret !== undefined) {
    const { name, sender } = endpoint;
    await api.do('PUT', `/endpoints/${endpoint.id}`, { name, sender, secret });
  }
  expect(await api.do('POST', `/workflows/${workflow.id}/publish`)).toEqual({ version: 1 });
  return { workflow, endpoint };
}

/** Over the network, signed as the sender signs. @returns the id of the event */
async function send(
  { sender }: TemplateView,
  endpoint: EndpointView,
  sample: TemplateSample,
): Promise<string> {
  const text = typeof sample.body === 'string' ? sample.body : JSON.stringify(sample.body);
  const plain = {
    method: 'POST',
    url: endpoint.url,
    headers: sample.headers,
    rawBody: Buffer.from(text),
    at: Date.now() / 1_000,
  };
  const secret = SECRETS[sender];
  const { url, headers, rawBody } = secret === undefined ? plain : sign(sender, { ...plain, secret });
  const answer = await fetch(url, { method: 'POST', headers, body: Buffer.from(rawBody) });
  expect(answer.status).toBe(200);
  const { eventId } = (await answer.json()) as { eventId: string };
  return eventId;
}

/** An effect without what only the document knows of it. */
type Seen =
  | { kind: 'http'; method: string; url: string; body: unknown }
  | { kind: 'email'; to: readonly string[]; subject: string; text: string }
  | { kind: 'slack'; text: string };

function expected(effect: TemplateEffect): Seen {
  if (effect.kind === 'slack') return { kind: 'slack', text: effect.text };
  if (effect.kind === 'email') {
    return { kind: 'email', to: effect.to, subject: effect.subject, text: effect.text };
  }
  return { kind: 'http', method: effect.method, url: effect.url, body: effect.body };
}

function called({ method, url, body }: ReceivedRequest): Seen {
  const text = body.toString();
  if (url === '/slack') return { kind: 'slack', text: (JSON.parse(text) as { text: string }).text };
  return { kind: 'http', method, url: `https:/${url}`, body: text === '' ? null : JSON.parse(text) };
}

function mailed({ recipients, message }: ReceivedMail): Seen {
  const text = (message.text ?? '').replaceAll('\r\n', '\n').trimEnd();
  return { kind: 'email', to: recipients, subject: message.subject ?? '', text };
}

/** Side by side there is no order among effects. */
function sorted(effects: readonly Seen[]): Seen[] {
  return effects.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

it('the gallery of the running product is the one that is tested here', async () => {
  const { items } = await product.api.do<{ items: TemplateSummary[] }>('GET', '/templates');
  expect(items.map(({ slug }) => slug)).toEqual(loadTemplates().map(({ slug }) => slug));
});

describe.each(loadTemplates())('the template $slug', (template) => {
  it('does with each of its samples what it says', async () => {
    const { workflow, endpoint } = await setUp(template);
    for (const sample of template.samples) {
      const before = { calls: receiver.requests.length, mails: mail.mails.length };
      const eventId = await send(template, endpoint, sample);
      const runs = await product.api.finishedRuns(eventId);
      expect(runs).toMatchObject([{ status: 'succeeded', workflowId: workflow.id, version: 1 }]);
      const event = await product.api.event(eventId);
      if (SECRETS[template.sender] !== undefined) expect(event.verification.status).toBe('verified');
      if (sample.type !== undefined) expect(event.type).toBe(sample.type);

      const calls = receiver.requests.slice(before.calls);
      const seen = [...calls.map(called), ...mail.mails.slice(before.mails).map(mailed)];
      expect(sorted(seen)).toEqual(sorted(sample.effects.map(expected)));
      for (const effect of sample.effects.filter(({ kind }) => kind === 'http')) {
        const call = calls.find(({ url }) => effect.kind === 'http' && `https:/${url}` === effect.url);
        expect(call?.headers).toMatchObject(headersOf(template, effect));
      }
    }
  });
});

function headersOf(template: TemplateView, effect: TemplateEffect): Record<string, string> {
  const isLoggedIn = template.connections.some(({ steps }) => steps.includes(effect.step));
  const own = effect.kind === 'http' ? effect.headers : {};
  return { ...own, ...(isLoggedIn ? { authorization: `Bearer ${TOKEN}` } : {}) };
}
