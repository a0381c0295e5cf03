import { secretFields, SENDERS, sign, type Sender } from '@hookloom/senders';
import { afterAll, beforeAll, expect, describe, it } from 'vitest';
import { send, startTriggerServer, type TriggerServer } from '../../test/trigger-server.js';

let server: TriggerServer;
beforeAll(async () => {
  server = await startTriggerServer();
});
afterAll(() => server.close());

type Rule = NonNullable<Sender['handshakes']>[number];

const ROWS = [...SENDERS.values()].flatMap((sender) =>
  (sender.handshakes ?? []).map((rule, at) => ({ name: `${sender.id}, ${rule.kind} ${at}`, sender, rule })),
);
const CHALLENGE = 'challenge-42';

/** Fields of the secret as the owner would have stored them. */
function secretOf(sender: Sender): Record<string, string> {
  return Object.fromEntries(secretFields(sender).map(({ name }) => [name, `the-${name}`]));
}

/** What must be in a request for the rule, by place. */
function placesOf(
  { when, check, answer, effect }: Rule,
  secret: Record<string, string>,
): Map<string, unknown> {
  const echoed = JSON.stringify(answer).matchAll(/"of":"([^"]+)"/g);
  const places = new Map<string, unknown>();
  for (const [, place = ''] of echoed) places.set(place, CHALLENGE);
  for (const place of when.present ?? []) places.set(place, CHALLENGE);
  if (effect && 'storeSecret' in effect) places.set(effect.storeSecret, CHALLENGE);
  if (effect && 'fetch' in effect) places.set(effect.fetch, 'https://sns.eu-west-1.amazonaws.com/?Action=x');
  if (when.emptyList) places.set(when.emptyList, []);
  for (const [place, text] of Object.entries(when.equals ?? {})) places.set(place, text);
  if (check) places.set(check.of, secret[check.field]);
  return places;
}

interface Draft {
  readonly method: string;
  readonly query: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function toDraft(rule: Rule, places: ReadonlyMap<string, unknown>): Draft {
  const headers: Record<string, string> = {};
  const query = new URLSearchParams();
  const form = new URLSearchParams();
  const json: Record<string, unknown> = {};
  for (const [place, value] of places) {
    const at = place.indexOf(':');
    const [kind, name] = [place.slice(0, at), place.slice(at + 1)];
    if (kind === 'header') headers[name] = String(value);
    else if (kind === 'query') query.set(name, String(value));
    else if (kind === 'form') form.set(name, String(value));
    else setAt(json, name.split('.'), /^\d+$/.test(String(value)) ? Number(value) : value);
  }
  const isForm = form.size > 0;
  const body = isForm ? form.toString() : Object.keys(json).length > 0 ? JSON.stringify(json) : '';
  const type = isForm ? 'application/x-www-form-urlencoded' : 'application/json';
  if (body !== '') headers['content-type'] = type;
  return { method: rule.when.method ?? 'POST', query: query.size > 0 ? `?${query}` : '', headers, body };
}

function setAt(target: any, [name = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) target[name] = value;
  else setAt((target[name] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {}), rest, value);
}

it('is answered for 32 senders by rule, and for Xero by the signature alone', async () => {
  expect(new Set(ROWS.map(({ sender }) => sender.id)).size).toBe(32);
  const endpoint = await server.anEndpoint({ settings: { sender: 'xero' }, secret: 'key' });
  const rawBody = Buffer.from('{"events":[]}');
  const draft = { method: 'POST', url: endpoint.url, headers: {}, rawBody };
  const { headers } = sign('xero', { ...draft, secret: 'key', at: 0 });
  expect(await send(endpoint.url, { headers, body: rawBody })).toMatchObject({ status: 200 });
  const refused = await send(endpoint.url, { headers, body: '{"events":[1]}' });
  expect(refused).toMatchObject({ status: 401, text: '' });
});

describe.each(ROWS)('the handshake of $name', ({ sender, rule }) => {
  it('is answered at the trigger URL, captured, and starts nothing', async () => {
    const secret = secretOf(sender);
    const isKeyed = JSON.stringify(rule.answer).includes('"hmac"') || rule.check?.required === true;
    const endpoint = await server.anEndpoint({
      settings: { sender: sender.id },
      ...(isKeyed ? { secret } : {}),
    });
    const draft = toDraft(rule, placesOf(rule, secret));
    const url = `http://hooks.example.test/hooks/${endpoint.token}${draft.query}`;
    const at = Math.floor(Date.now() / 1_000);
    const signed =
      isKeyed && rule.signed
        ? sign(sender.id, { ...draft, secret, url, rawBody: Buffer.from(draft.body), at })
        : { headers: draft.headers, rawBody: Buffer.from(draft.body) };
    const answer = await send(`${endpoint.url}${draft.query}`, {
      method: draft.method,
      headers: signed.headers,
      ...(signed.rawBody.length > 0 ? { body: Buffer.from(signed.rawBody) } : {}),
    });
    expect(answer.status).toBe(rule.answer.status);
    if (rule.answer.text && !rule.answer.text.hmac) expect(answer.text).toContain(CHALLENGE);
    for (const [name, value] of Object.entries(rule.answer.headers ?? {})) {
      if (!value.hmac) expect(answer.headers[name]).toContain(CHALLENGE);
    }
    for (const name of Object.keys(rule.answer.json ?? {})) expect(answer.json()[name]).toMatch(/\w/);
    const events = await server.rows(
      'select id, status, reason, verification from event where endpoint_id = $1',
      [endpoint.id],
    );
    expect(events).toMatchObject([{ status: 'captured', reason: 'handshake' }]);
    const isProven = isKeyed && rule.signed;
    const { status } = JSON.parse(String(events[0]?.['verification']));
    if (isProven) expect(status).toBe('verified');
    else expect(status).toBe(isKeyed ? 'none' : 'unchecked');
    expect(await server.rows('select 1 from run_queue where event_id = $1', [events[0]!['id']])).toEqual([]);
  });
});
