import type { WorkflowDefinition } from '@hookloom/contracts';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { startSmtpServer, type SmtpStandIn } from '@hookloom/testing/smtp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../support/api-client.js';
import { startProduct, type Product } from '../support/product.js';

let product: Product;
let receiver: HttpReceiver;
let mail: SmtpStandIn;
beforeAll(async () => {
  [product, receiver, mail] = await Promise.all([startProduct(), startHttpReceiver(), startSmtpServer()]);
});
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await Promise.all([receiver?.close(), mail?.close()]);
});

function definition(endpoint: string, outside: string): WorkflowDefinition {
  return {
    format: 1,
    steps: [
      { id: 'inbox', type: 'trigger.webhook', config: { endpoint } },
      {
        id: 'mail',
        type: 'email',
        config: {
          connection: 'team-mail',
          to: 'ops@example.com',
          subject: 'Files',
          text: 'See there',
          attachments: ['{{ trigger.body.invoice }}', '{{ trigger.body.photos }}'],
        },
      },
      {
        id: 'archive',
        type: 'http',
        config: {
          connection: 'archive',
          method: 'POST',
          url: `${outside}/archive`,
          bodyType: 'multipart',
          body: { note: '{{ trigger.body.note }}', file: '{{ trigger.body.invoice }}' },
        },
      },
    ],
    edges: [
      { source: 'inbox', target: 'mail' },
      { source: 'mail', target: 'archive' },
    ],
    settings: {},
  };
}

it('sends the files of a delivery on, by mail and to an API that wants a token', async () => {
  receiver.answer((request, response) => {
    const isKnown = request.headers.authorization === 'Bearer a-fresh-token';
    if (request.url === '/token') response.end('{"access_token":"a-fresh-token","expires_in":3600}');
    else response.writeHead(isKnown ? 200 : 401).end(`echo ${String(request.headers.authorization)}`);
  });
  const { api } = product;
  const mailbox = { host: '127.0.0.1', port: mail.port, secure: false, from: 'hookloom@example.com' };
  await api.do('POST', '/connections', { name: 'Team mail', type: 'smtp', data: mailbox });
  const data = { tokenUrl: `${receiver.url}/token`, clientId: 'app', clientSecret: 'a-client-secret' };
  await api.do('POST', '/connections', { name: 'Archive', type: 'http.oauth2', data });
  const inbox = await api.createEndpoint({ name: 'Inbox' });
  const { id: workflowId } = await api.createLive('Files', definition(inbox.key, receiver.url));
  const invoice = Buffer.alloc(200_000, 'ä\0%PDF');
  const form = new FormData();
  form.set('note', 'paid');
  form.set('invoice', new File([invoice], 'Rechnung ä.pdf', { type: 'application/pdf' }));
  for (const name of ['a.png', 'b.png']) form.append('photos', new File([name], name, { type: 'image/png' }));
  const answer = await fetch(inbox.url, { method: 'POST', body: form });
  const { eventId } = (await answer.json()) as { eventId: string };
  const [run] = await api.finishedRuns(eventId);
  expect(run).toMatchObject({ status: 'succeeded' });

  const attached = mail.mails[0]?.message.attachments ?? [];
  expect(attached.map(({ filename, mimeType }) => [filename, mimeType])).toEqual([
    ['Rechnung ä.pdf', 'application/pdf'],
    ['a.png', 'image/png'],
    ['b.png', 'image/png'],
  ]);
  expect(invoice.equals(Buffer.from(attached[0]?.content as ArrayBuffer))).toBe(true);
  const [, archived] = receiver.requests;
  const sent = await new Response(Buffer.from(archived!.body), {
    headers: { 'content-type': String(archived!.headers['content-type']) },
  }).formData();
  expect(sent.get('note')).toBe('paid');
  expect(invoice.equals(Buffer.from(await (sent.get('file') as File).arrayBuffer()))).toBe(true);
  expect(JSON.stringify(run)).toContain('echo Bearer [hidden]');
  expect(JSON.stringify(run)).not.toMatch(/a-fresh-token|a-client-secret|%PDF/);

  const { body } = await api.event(eventId);
  const steps = { inbox: { id: eventId, body } };
  const { runId } = await api.do<{ runId: string }>('POST', `/workflows/${workflowId}/steps/archive/test`, {
    steps,
  });
  await receiver.waitFor(3);
  expect(receiver.requests.at(-1)?.body.includes(invoice)).toBe(true);
  await until('the test to end', 20_000, async () => (await api.run(runId)).finishedAt ?? undefined);
});
