// One example for the page of each step type: what a person wants, and the settings that do it.
export const STEP_EXAMPLES = {
  'trigger.webhook': {
    wish: 'A shop tells you of each paid order. Add this trigger, copy its URL into the shop, and let only large orders through. In the steps after it the order is `trigger.body`.',
    config: { filter: 'trigger.body.total > 100' },
  },
  'trigger.schedule': {
    wish: 'Every working day at nine in Berlin, also when the clocks change, a report is made.',
    config: { cron: '0 9 * * 1-5', timezone: 'Europe/Berlin', misfire: 'once' },
  },
  'trigger.form': {
    wish: 'Customers ask for a return on a page of their own. What they filled in is `trigger.body`: `trigger.body.email`, `trigger.body.reason`.',
    config: {
      title: 'Return something',
      fields: [
        { name: 'email', label: 'E-mail', type: 'email', required: true },
        { name: 'reason', label: 'Reason', type: 'choice', options: ['Too small', 'Broken'], required: true },
        { name: 'photo', label: 'Photo', type: 'file', accept: '.png,.jpg' },
      ],
      thanks: 'Thank you. We answer within one working day.',
    },
  },
  'trigger.manual': {
    wish: 'Somebody presses Run and is asked for the order first. The steps after it see it as `trigger.body.order`.',
    config: { fields: [{ name: 'order', label: 'Order number', type: 'number', required: true }] },
  },
  'trigger.subworkflow': {
    wish: 'Several workflows send messages in the same way, so that is a workflow of its own, which they run with a “Run a workflow” step. What they give it is `trigger.body`. There is nothing to set.',
    config: {},
  },
  'trigger.error': {
    wish: 'When a run of this workflow fails, a second way begins here, for example with a Slack step that says: `{{ trigger.body.error.message }}`. There is nothing to set.',
    config: {},
  },
  'trigger.poll': {
    wish: 'A help desk has no webhooks. Its list of tickets is looked at every five minutes, and each new ticket starts one run, in which it is `trigger.body`.',
    config: {
      url: 'https://desk.example.com/api/tickets?since={{ input.cursor }}',
      everyMinutes: 5,
      items: 'input.body.tickets',
      key: 'item.id',
      cursor: 'input.body.until',
      first: 'new',
    },
  },
  http: {
    wish: 'Each order is written into the books. If the address answers 409, the order is there already, which is fine.',
    config: {
      method: 'POST',
      url: 'https://books.example.com/orders',
      body: '{{ { "number": trigger.body.id, "amount": trigger.body.total } }}',
      acceptStatus: '409',
    },
  },
  slack: {
    wish: 'The channel hears of each order. Choose the connection, then write the text; what stands in braces comes from the event.',
    config: {
      connection: 'northwind-slack',
      text: 'Order {{ trigger.body.id }}: *{{ trigger.body.total }} EUR*',
    },
  },
  email: {
    wish: 'The customer gets a confirmation by e-mail.',
    config: {
      connection: 'shop-mail',
      to: '{{ trigger.body.customer.email }}',
      subject: 'Your order {{ trigger.body.id }}',
      text: 'Thank you, {{ trigger.body.customer.name }}. We send it tomorrow.',
    },
  },
  transform: {
    wish: 'Out of a long order only what the next steps need is kept. They see it as `input`, or by this step’s id.',
    config: { expression: '{ "number": trigger.body.id, "total": $sum(trigger.body.lines.price) }' },
  },
  code: {
    wish: 'The lines of an order are grouped by supplier, which would be hard to read as an expression.',
    config: {
      source:
        'const bySupplier = {};\nfor (const line of trigger.body.lines) {\n  (bySupplier[line.supplier] ??= []).push(line);\n}\nreturn bySupplier;',
    },
  },
  filter: {
    wish: 'Only what was opened goes on; everything else ends here, and its run counts as succeeded.',
    config: { condition: 'trigger.body.action = "opened"' },
  },
  if: {
    wish: 'Large orders go one way, all others the other way.',
    config: { condition: 'trigger.body.total > 100' },
  },
  switch: {
    wish: 'Orders from home and from the neighbours go ways of their own, all others by “default”. Draw a line from each.',
    config: {
      cases: [
        { handle: 'home', condition: 'trigger.body.country = "DE"' },
        { handle: 'near', condition: 'trigger.body.country in ["AT", "CH", "NL"]' },
      ],
    },
  },
  foreach: {
    wish: 'For each line of an order the steps on the way “each” are done, four lines at a time. There the line is `item`. A line that fails leaves the others alone.',
    config: { items: 'trigger.body.lines', concurrency: 4, onItemError: 'collect' },
  },
  workflow: {
    wish: 'Another workflow, whose key is `send-parcel`, sends the parcel; the run goes on with what it answered.',
    config: { workflow: 'send-parcel', input: '{{ { "order": trigger.body.id } }}' },
  },
  delay: {
    wish: 'Two days after the order a reminder goes out. Restarts of the server do not matter.',
    config: { seconds: 172800 },
  },
  wait: {
    wish: 'Before money goes back somebody decides. Send `{{ run.resumeUrls.ask }}` by e-mail or Slack in the step before (`ask` is the id of this step); after three days without an answer the run goes on by “timeout”.',
    config: {
      kind: 'approval',
      title: 'Refund order {{ trigger.body.id }}?',
      message: '{{ trigger.body.customer.name }} asks for {{ trigger.body.total }} EUR.',
      timeoutSeconds: 259200,
    },
  },
  respond: {
    wish: 'The caller of the URL gets the new number as its answer. The endpoint must be set to wait for it.',
    config: { status: 201, body: '{{ { "number": steps.create.body.number } }}' },
  },
  stop: {
    wish: 'An order without lines is a mistake: the run ends here as failed and says why.',
    config: { status: 'failed', message: 'Order {{ trigger.body.id }} has no lines.' },
  },
};
