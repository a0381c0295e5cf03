import type { EventDetail, EventSummary } from '@hookloom/contracts';
import { idAt, iso } from './sample-ids.js';
import { endpoints } from './sample-workflows.js';

type Story = Partial<EventSummary> & { readonly endpoint: number; readonly type?: string };

/** What keeps happening at the shop, newest first. */
const STORIES: readonly Story[] = [
  { endpoint: 3, type: 'push', verification: { status: 'unchecked' } },
  {
    endpoint: 0,
    type: 'charge.refunded',
    status: 'rejected',
    reason: 'signature_mismatch',
    verification: {
      status: 'failed',
      reason: 'signature_mismatch',
      hint: 'Stripe has one signing secret for each endpoint, and one each for test and live mode. Copy the one of this endpoint again and store it here.',
    },
    answer: { status: 401, ms: 2.1 },
  },
  { endpoint: 1, type: 'orders/paid', status: 'duplicate', answer: { status: 200, ms: 3.4 } },
  { endpoint: 1, type: 'orders/paid' },
  { endpoint: 0, type: 'payment_intent.succeeded' },
  { endpoint: 2, status: 'captured', verification: { status: 'none' } },
  { endpoint: 3, type: 'pull_request', status: 'held', verification: { status: 'unchecked' } },
  { endpoint: 0, type: 'payment_intent.succeeded' },
  { endpoint: 0, type: 'customer.subscription.pending_update_applied' },
  {
    endpoint: 2,
    status: 'rejected',
    reason: 'unreadable: The JSON ends in the middle of a text, at byte 211.',
    verification: { status: 'none' },
    answer: { status: 400, ms: 1.2 },
  },
  { endpoint: 1, type: 'products/update' },
  {
    endpoint: 2,
    status: 'rejected',
    reason: 'body_too_large',
    verification: { status: 'none' },
    answer: { status: 413, ms: 0.8 },
  },
];

export function anEvent(time: number, at: number): EventDetail {
  const { endpoint: number, ...story } = STORIES[at % STORIES.length] ?? { endpoint: 0 };
  const endpoint = endpoints[number];
  if (!endpoint) throw new Error('no such endpoint');
  const type = story.type;
  const body = bodyOf(type, at, time);
  return {
    id: idAt(time, at),
    endpointId: endpoint.id,
    status: 'accepted',
    receivedAt: iso(time),
    method: 'POST',
    dedupeKey: `evt_3QxT${(at * 7919).toString(36)}aKd`,
    bodyBytes: JSON.stringify(body).length,
    verification: { status: 'verified' },
    answer: { status: 200, ms: 4 + (at % 7) * 0.73 },
    runs: [],
    headers: {
      host: 'localhost:3210',
      'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': 't=1763804882,v1=9f2c41d6b0aa95c1e41a88c62bb0b5d3a1e90c6f7d6e1c4c1d4a7f0e41a',
      authorization: '[redacted]',
    },
    query: at % 5 === 0 ? { source: 'live', tag: ['a', 'b'] } : {},
    body,
    ...story,
  };
}

function bodyOf(type: string | undefined, at: number, time: number): unknown {
  if (type === undefined)
    return {
      name: 'Ana Duarte',
      email: 'ana@example.com',
      message: 'Hello,\nis the blue one back in stock? <b>Thanks</b>',
      subscribe: true,
    };
  return {
    id: `evt_1QxT4mKd${at}`,
    type,
    created: Math.floor(time / 1000),
    livemode: true,
    data: {
      id: `pi_3QxT${at}`,
      amount: 24_850 + at * 10,
      currency: 'eur',
      customer: {
        name: 'Ana Duarte',
        email: 'ana@example.com',
        address: { city: 'Lisboa', country: 'PT', line2: null },
      },
      items: [
        { sku: 'NW-1042', title: 'Field lamp, brass', quantity: 1, price: 189.5 },
        { sku: 'NW-0007', title: 'Cotton cord', quantity: 3, price: 19.67 },
      ],
      metadata: {},
      note: 'A long note that a customer left. '.repeat(12),
    },
  };
}

export function summaryOf(event: EventDetail): EventSummary {
  const { headers: _headers, query: _query, body: _body, ...summary } = event;
  return summary;
}
