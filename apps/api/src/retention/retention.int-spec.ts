import { Retention } from '@hookloom/persistence';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApiUnderTest } from '../../test/api-under-test.js';

const DAY_MS = 86_400_000;

let api: ApiUnderTest;
let endpoint: any;
beforeAll(async () => {
  api = await ApiUnderTest.start();
  endpoint = (await api.call('POST endpoints', { body: { name: 'Orders' } })).body;
});
afterAll(() => api.close());

async function deliver(): Promise<string> {
  const url = `/hooks/${endpoint.token}`;
  const headers = { 'content-type': 'application/json' };
  return (await api.app.inject({ method: 'POST', url, headers, payload: '{"a":1}' })).json().eventId;
}

async function daysLater(days: number): Promise<void> {
  const retention = new Retention(api.parts.pools, { now: () => Date.now() + days * DAY_MS });
  for (let isMore = true; isMore;) isMore = (await retention.takeTurn(100)).isMore;
}

const audited = async () =>
  (await api.parts.pools.ui.query('select action, subject_kind, detail from audit order by id desc limit 1'))
    .rows[0];

describe('the rule', () => {
  it('is 30 days until somebody sets another, which holds from midnight on', async () => {
    expect((await api.call('GET retention')).body).toEqual({ eventDays: 30, runDays: 30 });
    const set = await api.call('PUT retention', { body: { eventDays: 14, runDays: 60 } });
    expect(set.body).toEqual({
      eventDays: 30,
      runDays: 60,
      next: { eventDays: 14, runDays: 60, from: expect.stringMatching(/T00:00:00.000Z$/) },
    });
    expect(Date.parse(set.body.next.from)).toBeGreaterThan(Date.now());
    expect(await audited()).toEqual({
      action: 'update',
      subject_kind: 'setting',
      detail: 'events 30 days, runs 30 days; now events 14 days, runs 60 days',
    });
    const back = await api.call('PUT retention', { body: { eventDays: 30, runDays: 30 } });
    expect(back.body).toMatchObject({ eventDays: 30, next: { runDays: 30 } });
  });

  it('is refused when it keeps too little or too much', async () => {
    for (const eventDays of [0, 2, 1.5, 5_000]) {
      const answer = await api.call('PUT retention', { body: { eventDays, runDays: 30 } });
      expect(answer).toMatchObject({ status: 422, body: { errors: [{ path: 'eventDays' }] } });
    }
  });
});

describe('the storage page', () => {
  it('says what takes the space, and when each day goes', async () => {
    const { body } = await api.call('GET storage');
    expect(body.bytes).toBeGreaterThan(1_000_000);
    expect(body.parts.map(({ part }: any) => part)).toContain('events');
    for (const { bytes, indexBytes } of body.parts) expect(bytes).toBeGreaterThanOrEqual(indexBytes);
    const sum = body.parts.reduce((bytes: number, part: any) => bytes + part.bytes, 0);
    expect(sum).toBeLessThan(body.bytes);
    await api.call('PUT retention', { body: { eventDays: 40, runDays: 30 } });
    const id = await deliver();
    const days = (await api.call('GET storage')).body.days;
    const today = new Date(Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16))
      .toISOString()
      .slice(0, 10);
    const [day] = days.filter((each: any) => each.day === today);
    expect(day).toMatchObject({ events: 1, runs: 0 });
    expect(Date.parse(day.eventsGo) - Date.parse(`${today}T00:00:00Z`)).toBe(41 * DAY_MS);
  });

  it('tells before a rule is saved what it would delete', async () => {
    const { body } = await api.call('GET retention/preview?eventDays=5&runDays=7');
    expect(body).toMatchObject({ events: { count: 0, isMore: false }, runs: { count: 0, isMore: false } });
    expect(Date.parse(body.at) - Date.parse(body.events.before)).toBe(5 * DAY_MS);
    expect((await api.call('GET retention/preview?eventDays=1&runDays=x')).status).toBe(422);
  });
});

describe('what is kept', () => {
  it('outlives its day, what is not says when it went and why', async () => {
    const gone = await deliver();
    const kept = await deliver();
    expect((await api.call(`PUT events/${kept}/keep`)).body).toMatchObject({ by: 'owner@example.com' });
    expect((await api.call(`PUT events/${kept}/keep`)).status).toBe(200);
    expect((await api.call(`GET events/${kept}`)).body.kept).toMatchObject({ by: 'owner@example.com' });
    expect(await audited()).toMatchObject({ action: 'keep', subject_kind: 'event' });
    await api.call('PUT retention', { body: { eventDays: 30, runDays: 30 } });
    await daysLater(32);
    expect((await api.call(`GET events/${kept}`)).status).toBe(200);
    const answer = await api.call(`GET events/${gone}`);
    expect(answer).toMatchObject({
      status: 404,
      body: { title: 'Deleted', code: 'deleted', deleted: { days: 30, at: expect.any(String) } },
    });
    expect(answer.body.detail).toMatch(/^The events of .+ were deleted on .+ by the rule of 30 days\./);
    expect((await api.call(`POST events/${gone}/replay`)).body.code).toBe('deleted');
    expect((await api.call(`PUT events/${gone}/keep`)).body.code).toBe('deleted');
    expect((await api.call(`DELETE events/${kept}/keep`)).status).toBe(204);
    expect((await api.call(`DELETE events/${kept}/keep`)).status).toBe(404);
    await daysLater(33);
    expect((await api.call(`GET events/${kept}`)).body.code).toBe('deleted');
  });
});
