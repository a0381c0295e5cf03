import { createEgress, parseAllowedHosts, type Egress } from '@hookloom/egress';
import {
  DatabaseClock,
  PgConnectionSource,
  PgDefinitionSource,
  PgVariableSource,
  PollWork,
} from '@hookloom/persistence';
import { startHttpReceiver, type HttpReceiver } from '@hookloom/testing/http-receiver';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../apps/api/test/api-under-test.js';
import { Poller } from '../../apps/worker/src/polling/poller.js';

/** What the other server lists, and how it answers. */
let list: object[];
let status: number;
let headers: Record<string, string>;
const asked: { url: string; authorization: string | undefined }[] = [];

let api: ApiUnderTest;
let receiver: HttpReceiver;
let egress: Egress;
let clock: DatabaseClock;
let work: PollWork;
const troubles: unknown[] = [];
beforeAll(async () => {
  api = await ApiUnderTest.start();
  receiver = await startHttpReceiver();
  receiver.answer((request, response) => {
    asked.push({ url: request.url ?? '', authorization: request.headers.authorization });
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify({ orders: list }));
  });
  egress = createEgress({ allowedHosts: parseAllowedHosts('127.0.0.1') });
  clock = new DatabaseClock(api.parts.pools.aside);
  await clock.start();
  work = new PollWork(api.parts.pools.worker, clock);
});
afterAll(async () => {
  clock.stop();
  await Promise.all([egress.close(), receiver.close()]);
  await api.close();
});
beforeEach(async () => {
  [list, status, headers] = [[], 200, {}];
  asked.length = 0;
  troubles.length = 0;
  await sql('update poll set next_at = null');
});

const sql = async (text: string, values: unknown[] = []) =>
  (await api.parts.pools.ui.query(text, values)).rows;
const orders = (...ids: number[]) => ids.map((id) => ({ id, at: `2026-01-0${id}` }));

/** What one worker process has. */
function aPoller(own: Partial<Pick<PollWork, 'finish'>> = {}): Poller {
  const { pools, secretBox, evaluator } = api.parts;
  return new Poller({
    definitions: new PgDefinitionSource(pools.worker),
    connections: new PgConnectionSource(pools.worker, secretBox),
    variables: new PgVariableSource(pools.worker),
    evaluator,
    http: egress.http,
    tokens: egress.tokens,
    work: {
      takeDue: (limit) => work.takeDue(limit),
      finish: own.finish ?? ((poll, look) => work.finish(poll, look)),
      fail: (poll, message, retryAfterMs) => work.fail(poll, message, retryAfterMs),
    },
    onFound: () => undefined,
    onTrouble: (error) => troubles.push(error),
  });
}

async function aPoll(config: object = {}) {
  const url = `${receiver.url}/orders?since={{ input.cursor }}`;
  const poll = {
    id: 'poll',
    type: 'trigger.poll',
    config: { url, items: 'input.body.orders', key: 'item.id', first: 'all', ...config },
  };
  const after = { id: 'after', type: 'transform', config: { expression: 'trigger.body' } };
  const definition = { format: 1, steps: [poll, after], edges: [{ source: 'poll', target: 'after' }] };
  const made = (await api.call('POST workflows', { body: { name: 'Orders', definition } })).body;
  expect(made.problems.filter((problem: any) => problem.blocking)).toEqual([]);
  expect((await api.call(`POST workflows/${made.id}/publish`)).status).toBe(200);
  const { items } = (await api.call('GET endpoints?limit=200')).body;
  const key = made.definition.steps[0].config.endpoint;
  return { id: made.id as string, endpoint: items.find((one: any) => one.key === key) };
}

/** All that is live is due; how long it would have waited does not matter here. */
const hasten = () => sql(`update poll set next_at = now() - interval '1 second' where next_at is not null`);
async function look(poller = aPoller()): Promise<void> {
  await hasten();
  await poller.takeTurn();
  await poller.settled();
  expect(troubles).toEqual([]);
}
const bodies = async ({ endpoint }: { endpoint: { id: string } }) =>
  (
    await sql('select convert_from(body, $2) as body from event where endpoint_id = $1 order by id', [
      endpoint.id,
      'utf8',
    ])
  ).map(({ body }) => JSON.parse(body).id);
const runs = async ({ id }: { id: string }) =>
  (await sql('select kind, state from run_queue where workflow_id = $1', [id])).length;
const stateOf = async ({ endpoint }: { endpoint: { id: string } }) =>
  (await api.call(`GET endpoints/${endpoint.id}/poll`)).body;

describe('a poll', () => {
  it('makes one event and one run of each item, whatever it finds again', async () => {
    const poll = await aPoll();
    list = orders(1, 2);
    await look();
    list = orders(3, 2, 1);
    await look();
    await look();
    expect(await bodies(poll)).toEqual([1, 2, 3]);
    expect(await runs(poll)).toBe(3);
    const [event] = (await api.call(`GET events?endpointId=${poll.endpoint.id}`)).body.items;
    expect(event).toMatchObject({ status: 'accepted', dedupeKey: '3', runs: [{ status: 'queued' }] });
    expect(await stateOf(poll)).toMatchObject({ isOn: true, listed: 3, found: 0, failures: 0, error: null });
  });

  it('starts nothing for what was listed before it began, if it is told so', async () => {
    const poll = await aPoll({ first: 'new' });
    list = orders(1, 2);
    await look();
    expect(await bodies(poll)).toEqual([]);
    list = orders(1, 2, 3);
    await look();
    expect(await bodies(poll)).toEqual([3]);
  });

  it('keeps its cursor over looks, a pause and a new version', async () => {
    const poll = await aPoll({ cursor: '$sort(input.items.at)[-1]' });
    list = orders(1, 2);
    await look();
    list = [];
    await look();
    await api.call(`POST workflows/${poll.id}/pause`);
    expect(await stateOf(poll)).toMatchObject({ isOn: false, hasCursor: true });
    await look();
    await api.call(`POST workflows/${poll.id}/resume`);
    await look();
    await api.call(`POST workflows/${poll.id}/publish`);
    await look();
    const since = asked.map(({ url }) => url.split('=')[1]);
    expect(since).toEqual(['', '2026-01-02', '2026-01-02', '2026-01-02']);
    expect(
      (await api.call(`POST endpoints/${poll.endpoint.id}/poll`, { body: { from: 'start' } })).status,
    ).toBe(202);
    await look();
    expect(asked.at(-1)?.url).toBe('/orders?since=');
  });

  it('sends the login of its connection and never shows it', async () => {
    const data = { token: 'very-secret-token' };
    await api.call('POST connections', { body: { name: 'Shop', type: 'http.bearer', data } });
    const poll = await aPoll({ connection: 'shop' });
    status = 401;
    await look();
    expect(asked[0]?.authorization).toBe('Bearer very-secret-token');
    const { error } = await stateOf(poll);
    expect(error).toContain('answered 401');
    expect(error).not.toContain('very-secret-token');
  });
});

describe('a poll that fails', () => {
  it('changes nothing, says why, waits longer each time and recovers', async () => {
    const poll = await aPoll({ everyMinutes: 10, cursor: '"seen"' });
    status = 500;
    list = orders(1);
    const pauses: number[] = [];
    for (let failures = 1; failures <= 4; failures += 1) {
      await look();
      const { nextAt, lookedAt, ...state } = await stateOf(poll);
      expect(state).toMatchObject({
        failures,
        error: expect.stringContaining('answered 500'),
        hasCursor: false,
      });
      pauses.push((Date.parse(nextAt) - Date.parse(lookedAt)) / 60_000);
    }
    expect(pauses).toEqual([20, 40, 60, 60]);
    expect(await bodies(poll)).toEqual([]);
    status = 200;
    await look();
    expect(await bodies(poll)).toEqual([1]);
    expect(await stateOf(poll)).toMatchObject({ failures: 0, error: null });
  });

  it('does not come back before the other side allows it', async () => {
    const poll = await aPoll({ everyMinutes: 1 });
    status = 429;
    headers = { 'retry-after': '7200' };
    await look();
    const { nextAt, lookedAt } = await stateOf(poll);
    expect(Date.parse(nextAt) - Date.parse(lookedAt)).toBe(7_200_000);
  });

  it.each([
    [{ key: 'item.nothing' }, /The key of item 1 is no text/],
    [{ items: '$error("no list")' }, /“Items” failed: /],
    [{ url: 'http://127.0.0.2:1/' }, /./],
  ])('because of its settings %j says so', async (config, message) => {
    list = orders(1);
    const poll = await aPoll(config);
    await look();
    expect((await stateOf(poll)).error).toMatch(message);
    expect(await bodies(poll)).toEqual([]);
  });

  it('because of too many items takes none of them', async () => {
    list = Array.from({ length: 2_001 }, (_, id) => ({ id }));
    const poll = await aPoll();
    await look();
    expect((await stateOf(poll)).error).toContain('2001 items');
    expect(await bodies(poll)).toEqual([]);
  });
});

describe('three workers', () => {
  it('make one event of each item between them', async () => {
    const polls = await Promise.all(Array.from({ length: 6 }, () => aPoll()));
    const workers = [aPoller(), aPoller(), aPoller()];
    for (let round = 1; round <= 5; round += 1) {
      list = orders(...Array.from({ length: round }, (_, at) => at + 1));
      await hasten();
      await Promise.all([...workers, ...workers].map((worker) => worker.takeTurn()));
      await Promise.all(workers.map((worker) => worker.settled()));
    }
    expect(troubles).toEqual([]);
    for (const poll of polls) {
      expect(await bodies(poll)).toEqual([1, 2, 3, 4, 5]);
      expect(await runs(poll)).toBe(5);
    }
    expect(asked).toHaveLength(30);
  });

  it('do the look of one that died, and what it still writes is thrown away', async () => {
    const poll = await aPoll();
    list = orders(1);
    const written: (() => Promise<unknown>)[] = [];
    const dying = aPoller({
      finish: async (held, found) => {
        written.push(() => work.finish(held, found));
        return { events: [], runIds: [] };
      },
    });
    await look(dying);
    await look();
    expect(asked).toHaveLength(1);
    await sql(`update poll set lease_until = now() - interval '1 second' where next_at is not null`);
    list = orders(1, 2);
    await look();
    expect(await written[0]?.()).toEqual({ events: [], runIds: [] });
    expect(await bodies(poll)).toEqual([1, 2]);
    expect(await runs(poll)).toBe(2);
  });
});
