// A small shop's workflows, events and runs, so that every screen has something to show.

const ORDER = {
  id: 10482,
  customer: { name: 'Ana Ferreira', email: 'ana@example.com' },
  total: 248.5,
  currency: 'EUR',
  items: [
    { sku: 'LAMP-01', title: 'Desk lamp', quantity: 1, price: 129 },
    { sku: 'CABLE-2M', title: 'Cable, 2 m', quantity: 3, price: 39.83 },
  ],
};

/** Webhook → shape → if: a message and a call for big orders, a call for the others. */
function ordersDefinition(endpoint, slack, outside) {
  return {
    format: 1,
    steps: [
      { id: 'order', type: 'trigger.webhook', name: 'Order paid', config: { endpoint } },
      {
        id: 'shape',
        type: 'transform',
        name: 'Shape order',
        notes: 'Finance books amounts in EUR only.',
        config: {
          expression:
            '{ "number": trigger.body.id, "customer": trigger.body.customer.name, "amount": trigger.body.total }',
        },
      },
      { id: 'big', type: 'if', name: 'Over 100 EUR?', config: { condition: 'steps.shape.amount > 100' } },
      {
        id: 'tell',
        type: 'slack',
        name: 'Tell #orders',
        config: {
          connection: slack,
          text: 'New order {{ steps.shape.number }} from {{ steps.shape.customer }}: {{ steps.shape.amount }} EUR',
        },
      },
      {
        id: 'create',
        type: 'http',
        name: 'Create order',
        config: { method: 'POST', url: `${outside}/orders`, body: '{{ steps.shape }}' },
      },
      {
        id: 'small',
        type: 'http',
        name: 'Add to the daily list',
        config: { method: 'POST', url: `${outside}/list`, body: '{{ steps.shape }}' },
      },
    ],
    edges: [
      { source: 'order', target: 'shape' },
      { source: 'shape', target: 'big' },
      { source: 'big', sourceHandle: 'true', target: 'tell' },
      { source: 'tell', target: 'create' },
      { source: 'big', sourceHandle: 'false', target: 'small' },
    ],
    settings: {},
  };
}

function paymentsDefinition(endpoint, outside) {
  return {
    format: 1,
    steps: [
      { id: 'payment', type: 'trigger.webhook', name: 'Payment failed', config: { endpoint } },
      {
        id: 'note',
        type: 'http',
        name: 'Note in the CRM',
        retry: { maxAttempts: 2, initialDelayMs: 100, maxDelayMs: 200 },
        config: { method: 'POST', url: `${outside}/crm-away`, body: '{{ trigger.body }}' },
      },
    ],
    edges: [{ source: 'payment', target: 'note' }],
    settings: {},
  };
}

/** Started by a person, who is asked for what it begins with. */
const WORDS = `const { order, reason, note } = trigger.body;
console.log('refund', order);
return { order, text: reason + ': ' + note };`;

function refundDefinition(outside) {
  const fields = [
    { name: 'order', label: 'Order number', type: 'number', required: true, help: 'As on the invoice.' },
    {
      name: 'reason',
      label: 'Reason',
      type: 'choice',
      required: true,
      options: ['Damaged', 'Late', 'Other'],
    },
    {
      name: 'parts',
      label: 'What is paid back',
      type: 'several',
      options: ['Goods', 'Shipping'],
      default: 'Goods',
    },
    { name: 'note', label: 'Note for the customer', type: 'longText', default: 'We are sorry.' },
    { name: 'notify', label: 'Tell the customer by e-mail', type: 'checkbox', default: 'yes' },
  ];
  return {
    format: 1,
    steps: [
      { id: 'ask', type: 'trigger.manual', name: 'Refund asked for', config: { fields } },
      { id: 'words', type: 'code', name: 'Put into words', config: { source: WORDS } },
      {
        id: 'pay',
        type: 'http',
        name: 'Pay back',
        config: { method: 'POST', url: `${outside}/refunds`, body: '{{ steps.words }}' },
      },
    ],
    edges: [
      { source: 'ask', target: 'words' },
      { source: 'words', target: 'pay' },
    ],
    settings: {},
  };
}

/**
 * Fills an empty project.
 *
 * @param api calls `/api/v1`: method, path and body → the answer's body
 * @param base where the product is reached, which need not be its public URL
 * @param outside address of a server that answers 200, but 503 below `/crm-away`
 * @returns the ids of what was made
 */
export async function seed(api, { base, outside }) {
  const slack = await api('POST', '/connections', {
    name: 'Northwind Slack',
    type: 'slack.webhook',
    data: { url: `${outside}/slack` },
  });
  await api('POST', '/connections', {
    name: 'Fulfilment API',
    type: 'http.bearer',
    data: { token: 'a token nobody sees again' },
  });
  await api('PUT', '/alerts/settings', { targets: [{ connection: slack.key }] });
  const orders = await api('POST', '/endpoints', { name: 'Shop orders', dedupe: { key: 'trigger.body.id' } });
  const payments = await api('POST', '/endpoints', {
    name: 'Payments',
    sender: 'github',
    secret: 'known to both',
  });
  const live = await create(api, 'Order → Slack', ordersDefinition(orders.key, slack.key, outside));
  const failing = await create(api, 'Failed payment → CRM', paymentsDefinition(payments.key, outside));
  const paused = await create(api, 'Order → ledger', paymentsDefinition(orders.key, outside));
  await api('POST', `/workflows/${paused.id}/pause`);
  const byHand = await create(api, 'Refund an order', refundDefinition(outside));
  await sendEvents(api, {
    orders: new URL(new URL(orders.url).pathname, base),
    payments: new URL(new URL(payments.url).pathname, base),
    paymentsId: payments.id,
  });
  await change(api, live);
  await api('POST', '/workflows', { name: 'Form → newsletter', definition: unfinished() });
  return { live: live.id, failing: failing.id, byHand: byHand.id, endpoint: orders.id };
}

async function create(api, name, definition) {
  const workflow = await api('POST', '/workflows', { name, definition });
  await api('POST', `/workflows/${workflow.id}/publish`);
  return workflow;
}

async function sendEvents(api, { orders, payments, paymentsId }) {
  const ids = [];
  for (const [at, total] of [248.5, 39, 1_250, 18.2].entries())
    ids.push(await post(orders, { ...ORDER, id: ORDER.id + at, total }));
  await post(orders, { ...ORDER, total: 248.5 });
  await post(
    payments,
    { payment: 'pay_1', amount: 40 },
    { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
  );
  const { eventId } = await api('POST', `/endpoints/${paymentsId}/test`, {});
  for (const id of [...ids, eventId]) await finished(api, id);
}

async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()).eventId;
}

/** Waits until the runs of an event that can go on have ended. */
async function finished(api, eventId) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const { runs } = await api('GET', `/events/${eventId}`);
    const isDone = runs.some(({ status }) => status === 'succeeded' || status === 'failed');
    if (isDone) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The runs of event ${eventId} did not end.`);
}

/** A draft that differs from what is live. */
async function change(api, { id }) {
  const { name, definition, revision } = await api('GET', `/workflows/${id}`);
  const steps = definition.steps.map((step) =>
    step.id === 'big' ? { ...step, config: { condition: 'steps.shape.amount > 150' } } : step,
  );
  await api('PUT', `/workflows/${id}`, { name, definition: { ...definition, steps }, revision });
}

function unfinished() {
  return {
    format: 1,
    steps: [
      { id: 'form', type: 'trigger.webhook', name: 'Form sent', config: {} },
      { id: 'add', type: 'http', name: 'Add to the list', config: { method: 'POST' } },
    ],
    edges: [{ source: 'form', target: 'add' }],
    settings: {},
  };
}
