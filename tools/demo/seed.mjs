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

/** A round for every line of an order; those that are out of stock fail, and the loop goes on. */
function stockDefinition(endpoint) {
  return {
    format: 1,
    steps: [
      { id: 'order', type: 'trigger.webhook', name: 'Order to pack', config: { endpoint } },
      {
        id: 'each',
        type: 'foreach',
        name: 'For each line',
        config: { items: 'trigger.body.lines', concurrency: 4, onItemError: 'collect' },
      },
      {
        id: 'take',
        type: 'transform',
        name: 'Take from stock',
        config: {
          expression:
            'item.quantity > 9 ? $error("Only 9 of " & item.sku & " are left.") : { "sku": item.sku, "taken": item.quantity }',
        },
      },
      { id: 'sum', type: 'transform', name: 'Packing list', config: { expression: 'input' } },
    ],
    edges: [
      { source: 'order', target: 'each' },
      { source: 'each', sourceHandle: 'each', target: 'take' },
      { source: 'each', sourceHandle: 'done', target: 'sum' },
    ],
    settings: {},
  };
}

/** A page that anybody fills in, then one on which somebody of the shop decides. */
function returnsDefinition(outside) {
  const fields = [
    { name: 'email', label: 'E-mail', type: 'email', required: true, help: 'The one you ordered with.' },
    { name: 'order', label: 'Order number', type: 'number', required: true },
    {
      name: 'reason',
      label: 'Reason',
      type: 'choice',
      options: ['Too small', 'Broken', 'Other'],
      default: 'Broken',
    },
    { name: 'parts', label: 'What comes back', type: 'several', options: ['Lamp', 'Cable'] },
    { name: 'text', label: 'What happened?', type: 'longText' },
    { name: 'photo', label: 'Photo', type: 'file', accept: '.png,.jpg' },
  ];
  return {
    format: 1,
    steps: [
      {
        id: 'form',
        type: 'trigger.form',
        name: 'Return form',
        config: {
          title: 'Return something',
          text: 'Tell us what comes back and why. We answer within one working day.',
          fields,
          button: 'Ask for a return',
        },
      },
      {
        id: 'tell',
        type: 'http',
        name: 'Ask the team',
        config: { method: 'POST', url: `${outside}/team`, body: '{{ { "decide": run.resumeUrls.decide } }}' },
      },
      {
        id: 'decide',
        type: 'wait',
        name: 'Take it back?',
        config: {
          kind: 'approval',
          title: 'Take back order {{ trigger.body.order }}?',
          message: '{{ trigger.body.email }} says: {{ trigger.body.reason }}.',
          fields: [{ name: 'refund', label: 'Refund in EUR', type: 'number' }],
          timeoutSeconds: 259_200,
        },
      },
    ],
    edges: [
      { source: 'form', target: 'tell' },
      { source: 'tell', target: 'decide' },
    ],
    settings: {},
  };
}

/** A help desk without webhooks, looked at every five minutes. */
function ticketsDefinition(outside) {
  return {
    format: 1,
    steps: [
      {
        id: 'tickets',
        type: 'trigger.poll',
        name: 'New tickets',
        config: {
          url: `${outside}/tickets?since={{ input.cursor }}`,
          everyMinutes: 5,
          items: 'input.body.tickets',
          key: 'item.id',
          cursor: 'input.body.until',
          first: 'new',
        },
      },
      { id: 'pick', type: 'transform', name: 'Pick fields', config: { expression: 'trigger.body' } },
    ],
    edges: [{ source: 'tickets', target: 'pick' }],
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
  const stock = await seedStock(api, base);
  const hosted = await seedReturns(api, { base, outside });
  const tickets = await create(api, 'Help desk → board', ticketsDefinition(outside));
  await sendEvents(api, {
    orders: pathOn(base, orders.url),
    payments: pathOn(base, payments.url),
    paymentsId: payments.id,
  });
  await change(api, live);
  await api('POST', '/workflows', { name: 'Form → newsletter', definition: unfinished() });
  return {
    live: live.id,
    failing: failing.id,
    byHand: byHand.id,
    endpoint: orders.id,
    polling: tickets.id,
    ...stock,
    ...hosted,
  };
}

/** A run of 30 rounds, one of which fails. */
async function seedStock(api, base) {
  const endpoint = await api('POST', '/endpoints', { name: 'Warehouse' });
  await create(api, 'Order → packing list', stockDefinition(endpoint.key));
  const lines = Array.from({ length: 30 }, (_, at) => ({
    sku: `LAMP-${at + 1}`,
    quantity: at === 17 ? 12 : 2,
  }));
  const eventId = await post(pathOn(base, endpoint.url), { id: 'P-17', lines });
  return { looped: await runOf(api, eventId, ['succeeded']) };
}

/** A form that was filled in, and the decision that its run waits for. */
async function seedReturns(api, { base, outside }) {
  const { id, definition } = await create(api, 'Returns', returnsDefinition(outside));
  const { items } = await api('GET', '/endpoints?limit=200');
  const form = pathOn(base, items.find(({ key }) => key === definition.steps[0].config.endpoint).url);
  await fetch(form, {
    method: 'POST',
    body: new URLSearchParams({ email: 'ana@example.com', order: '10482', reason: 'Broken' }),
  });
  const { items: runs } = await api('GET', `/runs?workflowId=${id}`);
  await runOf(api, runs[0].eventId, ['waiting']);
  const { steps } = await api('GET', `/runs/${runs[0].id}`);
  const { decide } = JSON.parse(steps[1].attempts[0].detail.request.body);
  return { form, approval: pathOn(base, decide) };
}

/** The address as this machine reaches it. */
function pathOn(base, url) {
  return new URL(new URL(url).pathname, base).href;
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
  for (const id of [...ids, eventId]) await runOf(api, id, ['succeeded', 'failed']);
}

async function post(url, body, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()).eventId;
}

/** Waits until a run of an event has come to one of these statuses. @returns its id */
async function runOf(api, eventId, statuses) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    const { runs } = await api('GET', `/events/${eventId}`);
    const found = runs.find(({ status }) => statuses.includes(status));
    if (found) return found.id;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No run of event ${eventId} became ${statuses.join(' or ')}.`);
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
