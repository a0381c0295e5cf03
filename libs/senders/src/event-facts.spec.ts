import { describe, expect, it } from 'vitest';
import { inspect } from './inspect.js';
import { compilePolicy } from './policy.js';
import type { SignedRequest } from './request/request.js';

function facts(
  sender: string,
  part: { headers?: Record<string, string>; json?: unknown; form?: string; raw?: string },
): { eventId?: string; type?: string } {
  const { headers = {}, json, form, raw } = part;
  const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded';
  const rawBody = Buffer.from(raw ?? form ?? (json === undefined ? '' : JSON.stringify(json)));
  const request = {
    method: 'POST',
    url: 'https://h.example/',
    headers: { 'content-type': type, ...headers },
    rawBody,
    receivedAt: 0,
  };
  const { eventId, type: kind } = inspect(compilePolicy({ sender, secrets: [] }), request);
  return { ...(eventId !== undefined && { eventId }), ...(kind !== undefined && { type: kind }) };
}

describe('event id and type', () => {
  it.each([
    [
      'github',
      { headers: { 'x-github-delivery': 'd-1', 'x-github-event': 'push' } },
      { eventId: 'd-1', type: 'push' },
    ],
    ['stripe', { json: { id: 'evt_1', type: 'invoice.paid' } }, { eventId: 'evt_1', type: 'invoice.paid' }],
    [
      'slack',
      { json: { event_id: 'Ev1', event: { type: 'message' }, type: 'event_callback' } },
      { eventId: 'Ev1', type: 'message' },
    ],
    ['slack', { form: 'command=%2Fdeploy&trigger_id=1.2' }, { eventId: '1.2', type: '/deploy' }],
    [
      'slack',
      { form: `payload=${encodeURIComponent('{"type":"block_actions","trigger_id":"3.4"}')}` },
      { eventId: '3.4', type: 'block_actions' },
    ],
    ['telegram', { json: { update_id: 10, message: {} } }, { eventId: '10', type: 'message' }],
    [
      'postmark',
      { json: { RecordType: 'Bounce', MessageID: 'm', BouncedAt: 't' } },
      { eventId: 'Bounce:m:t', type: 'Bounce' },
    ],
    ['postmark', { json: { RecordType: 'Bounce', MessageID: 'm' } }, { type: 'Bounce' }],
    [
      'aws-sns',
      { headers: { 'content-type': 'text/plain' }, json: { MessageId: 'm', Type: 'Notification' } },
      { eventId: 'm', type: 'Notification' },
    ],
    [
      'mandrill',
      { form: `mandrill_events=${encodeURIComponent('[{"_id":"a","event":"open","ts":1}]')}` },
      { eventId: 'a:open:1', type: 'open' },
    ],
    ['jotform', { form: 'submissionID=5' }, { eventId: '5' }],
    ['meta', { json: { object: 'page', entry: [{ changes: [{ field: 'feed' }] }] } }, { type: 'feed' }],
    ['stripe', { raw: 'no json' }, {}],
    ['stripe', { json: { id: '', type: null } }, {}],
    ['stripe', { json: { id: {}, type: [1] } }, {}],
  ])('%s %j', (sender, part, expected) => {
    expect(facts(sender, part)).toEqual(expected);
  });

  it('reads the fields of a multipart form', () => {
    const raw =
      '--b\r\nContent-Disposition: form-data; name="json"\r\n\r\n{"event":{"event_hash":"h","event_type":"sent"}}\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx\r\n--b--\r\n';
    expect(
      facts('dropbox-sign', { headers: { 'content-type': 'multipart/form-data; boundary=b' }, raw }),
    ).toEqual({ eventId: 'h', type: 'sent' });
  });

  it('names a batch by all its events', () => {
    const batch = (...ids: string[]): string | undefined =>
      facts('sendgrid', { json: ids.map((id) => ({ sg_event_id: id, event: 'open' })) }).eventId;
    expect(batch('a')).toBe('a');
    expect(batch('a', 'b')).toBe(batch('a', 'b'));
    expect(new Set([batch('a', 'b'), batch('a', 'c'), batch('a', 'b', 'c'), batch('b', 'a')]).size).toBe(4);
  });

  it('gives a batch no id if one of its events has none', () => {
    expect(facts('sendgrid', { json: [{ sg_event_id: 'a' }, { sg_event_id: null }] })).toEqual({});
  });

  it('lists the types of a mixed batch', () => {
    expect(
      facts('hubspot', {
        json: [{ subscriptionType: 'a' }, { subscriptionType: 'b' }, { subscriptionType: 'a' }],
      }).type,
    ).toBe('a,b');
  });

  it('takes no number for an id that JSON cannot hold exactly', () => {
    expect(facts('telegram', { raw: '{"update_id":12345678901234567890}' })).toEqual({});
  });

  it('bounds what goes into an index', () => {
    const { eventId, type } = facts('stripe', { json: { id: 'i'.repeat(5000), type: 't'.repeat(5000) } });
    expect(eventId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(type).toHaveLength(200);
  });

  it('reads nothing of the body of a request that is refused', () => {
    const request: SignedRequest = {
      method: 'POST',
      url: 'https://h.example/',
      headers: { 'x-github-delivery': 'd', 'x-github-event': 'push' },
      rawBody: Buffer.from('{}'),
      receivedAt: 0,
      get parsedBody(): unknown {
        throw new Error('must not be read');
      },
    };
    expect(inspect(compilePolicy({ sender: 'github', secrets: ['s'] }), request)).toMatchObject({
      refuse: true,
      eventId: 'd',
      type: 'push',
    });
    expect(inspect(compilePolicy({ sender: 'stripe', secrets: ['s'] }), request)).toMatchObject({
      refuse: true,
    });
  });

  it("uses the caller's parsed body, once", () => {
    let reads = 0;
    const request: SignedRequest = {
      method: 'POST',
      url: 'https://h.example/',
      headers: {},
      rawBody: Buffer.from('not what was parsed'),
      receivedAt: 0,
      get parsedBody(): unknown {
        reads += 1;
        return { id: 'evt_2', type: 'x' };
      },
    };
    expect(inspect(compilePolicy({ sender: 'stripe', secrets: [] }), request)).toMatchObject({
      eventId: 'evt_2',
      type: 'x',
    });
    expect(reads).toBe(1);
  });
});
