import type {
  ConnectionView,
  EndpointView,
  WorkflowActivity,
  WorkflowDefinition,
  WorkflowVersionView,
  WorkflowView,
} from '@hookloom/contracts';
import { idAt, iso } from './sample-ids.js';

const DAY = 86_400_000;
const START = Date.now() - 40 * DAY;

function anEndpoint(
  at: number,
  endpoint: Pick<EndpointView, 'key' | 'name' | 'sender' | 'hasSecret'> & Partial<EndpointView>,
): EndpointView {
  const token = idAt(START + at, at * 7)
    .replaceAll('-', '')
    .slice(8, 32);
  return {
    id: idAt(START + at, at),
    url: `http://localhost:3210/hooks/${token}`,
    token,
    methods: ['POST'],
    maxBodyBytes: 1_048_576,
    createdAt: iso(START + at),
    updatedAt: iso(START + at),
    ...endpoint,
  };
}

export const endpoints = [
  anEndpoint(1, {
    key: 'stripe-live',
    name: 'Stripe live',
    sender: 'stripe',
    hasSecret: true,
    rateLimit: { perSecond: 50 },
  }),
  anEndpoint(2, { key: 'shop-orders', name: 'Shop orders', sender: 'shopify', hasSecret: true }),
  anEndpoint(3, {
    key: 'website-form',
    name: 'Website contact form',
    sender: 'any',
    hasSecret: false,
    methods: ['POST', 'PUT'],
  }),
  anEndpoint(4, { key: 'repositories', name: 'Repositories', sender: 'github', hasSecret: false }),
];

const orderToSlack: WorkflowDefinition = {
  format: 1,
  steps: [
    {
      id: 'payment',
      type: 'trigger.webhook',
      name: 'Stripe payment succeeded',
      config: { endpoint: 'stripe-live' },
    },
    {
      id: 'order',
      type: 'transform',
      name: 'Shape order',
      config: { expression: '{ "number": trigger.body.data.id, "amount": trigger.body.data.amount / 100 }' },
    },
    { id: 'big', type: 'if', name: 'Over 100 EUR?', config: { condition: 'steps.order.amount > 100' } },
    {
      id: 'tell',
      type: 'slack',
      name: 'Tell #orders',
      config: { connection: 'northwind-slack', channel: '#orders', text: 'New order' },
    },
    {
      id: 'create',
      type: 'http',
      name: 'Create order',
      config: { method: 'POST', url: 'https://orders.example.com/v1/orders' },
    },
    {
      id: 'thank',
      type: 'email',
      name: 'Ask for a review after delivery, in the customer’s own language',
      config: { to: '{{ steps.order.email }}', subject: 'How was it?' },
      disabled: true,
    },
    {
      id: 'archive',
      type: 'http',
      name: 'Archive',
      config: { method: 'PUT', url: 'https://archive.example.com/orders/{{ steps.order.number }}' },
    },
  ],
  edges: [
    { source: 'payment', target: 'order' },
    { source: 'order', target: 'big' },
    { source: 'big', sourceHandle: 'true', target: 'tell' },
    { source: 'tell', target: 'create' },
    { source: 'big', sourceHandle: 'false', target: 'thank' },
    { source: 'create', target: 'archive' },
    { source: 'thank', target: 'archive' },
  ],
  settings: {},
};

function twoSteps(endpoint: string, type: string, name: string): WorkflowDefinition {
  return {
    format: 1,
    steps: [
      { id: 'hook', type: 'trigger.webhook', name: 'Something arrives', config: { endpoint } },
      { id: 'send', type, name, config: { method: 'POST', url: 'https://crm.example.com/leads' } },
    ],
    edges: [{ source: 'hook', target: 'send' }],
    settings: {},
  };
}

function aWorkflow(
  at: number,
  workflow: Pick<WorkflowView, 'key' | 'name' | 'status' | 'liveVersion' | 'definition'> &
    Partial<WorkflowView>,
): WorkflowView {
  const made = START + at * 3 * DAY;
  return {
    id: idAt(made, at),
    revision: 4,
    problems: [],
    senders: at % 2 === 0 ? ['stripe'] : ['shopify', 'github'],
    startsByHand: false,
    createdBy: 'ana@example.com',
    updatedBy: 'ben@example.com',
    createdAt: iso(made),
    updatedAt: iso(Date.now() - at * at * 7_000_000 - 240_000),
    ...workflow,
  };
}

export const workflows = [
  aWorkflow(1, {
    key: 'order-to-slack',
    name: 'Order → Slack',
    status: 'live',
    liveVersion: 8,
    definition: orderToSlack,
  }),
  aWorkflow(2, {
    key: 'refunds-to-the-books',
    name: 'Refunds to the books',
    status: 'live',
    liveVersion: 3,
    definition: twoSteps('stripe-live', 'http', 'Book it'),
  }),
  aWorkflow(3, {
    key: 'deploy-notice',
    name: 'Deploy notice',
    status: 'paused',
    liveVersion: 12,
    definition: twoSteps('repositories', 'slack', 'Tell #deploys'),
  }),
  aWorkflow(4, {
    key: 'new-lead-to-crm-with-enrichment-and-a-search-for-duplicates',
    name: 'New lead to CRM, with enrichment and a search for duplicates over all regions and teams',
    status: 'draft',
    liveVersion: null,
    definition: twoSteps('website-form', 'http', 'Create lead'),
    problems: [
      {
        code: 'missing_field',
        stepId: 'send',
        path: 'steps.1.config.url',
        message: '“Create lead” needs a URL.',
        blocking: true,
      },
      {
        code: 'no_secret',
        stepId: 'hook',
        path: 'steps.0.config.endpoint',
        message:
          'The endpoint “Website contact form” has no secret, so anybody who knows its URL can send to it.',
        blocking: false,
      },
    ],
  }),
  aWorkflow(5, {
    key: 'inventory-sync',
    name: 'Inventory sync',
    status: 'live',
    liveVersion: 1,
    definition: twoSteps('shop-orders', 'http', 'Update stock'),
  }),
];

export function versionsOf(workflow: WorkflowView): WorkflowVersionView[] {
  const live = workflow.liveVersion ?? 0;
  return Array.from({ length: live }, (_, at) => ({
    version: live - at,
    createdAt: iso(Date.now() - (at * at + 1) * DAY),
    createdBy: at % 3 === 2 ? null : 'Ana Duarte',
    note: at === 0 ? 'Bigger orders go to the team.' : null,
    live: at === 0,
    runs: { finished: 400 - at * 30, succeeded: 396 - at * 30 },
    definition: workflow.definition,
  }));
}

export function activityOf(workflow: WorkflowView, at: number): WorkflowActivity {
  const hours = Array.from({ length: 24 }, (_, hour) => ({
    succeeded: workflow.liveVersion === null ? 0 : ((hour * 7 + at * 3) % 11) * (at + 1),
    failed: at === 1 && hour % 9 === 0 ? 2 : 0,
  }));
  const lastRun = {
    id: idAt(START, at + 70),
    status: 'succeeded' as const,
    createdAt: iso(Date.now() - at * 900_000),
  };
  return { workflowId: workflow.id, lastRun: workflow.liveVersion === null ? null : lastRun, hours };
}

export const connections: ConnectionView[] = (
  [
    ['northwind-slack', 'Northwind Slack', 'slack.bot'],
    ['shop-mail', 'Shop mail', 'smtp'],
    ['orders-api', 'Orders API', 'http.bearer'],
    ['deploys-channel', '#deploys', 'slack.webhook'],
  ] as const
).map(([key, name, type], at) => ({
  id: idAt(START + at, at + 40),
  key,
  name,
  type,
  status: at === 3 ? ('broken' as const) : at === 2 ? ('untested' as const) : ('ok' as const),
  checkedAt: at === 2 ? null : iso(START + at * DAY),
  checkMessage: null,
  lastUsedAt: at === 2 ? null : iso(Date.now() - at * 3_600_000),
  usedBy: 3 - at,
  createdBy: 'ana@example.com',
  createdAt: iso(START + at * DAY),
  updatedAt: iso(START + at * 5 * DAY),
}));

export const stepTypes = (
  [
    ['trigger.webhook', 'Webhook', 'trigger', 'webhook', '{endpoint}'],
    ['transform', 'Transform', 'data', 'braces', '{expression}'],
    ['if', 'If', 'logic', 'split', '{condition}'],
    ['slack', 'Post a Slack message', 'send', 'hash', '{channel}'],
    ['email', 'Send e-mail', 'send', 'mail', '{to}: {subject}'],
    ['http', 'HTTP request', 'send', 'globe', '{method} {url}'],
  ] as const
).map(([type, title, kind, icon, summary]) => ({ type, title, kind, icon, summary }));

export const senders = [
  { id: 'any', name: 'Any sender' },
  { id: 'stripe', name: 'Stripe' },
  { id: 'github', name: 'GitHub' },
  { id: 'shopify', name: 'Shopify' },
];
