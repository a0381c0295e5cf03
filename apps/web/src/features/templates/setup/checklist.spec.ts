import type { TemplateView } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { checklistOf, nextOpen, shownFields, type SetupFacts } from './checklist.js';

const template: TemplateView = {
  slug: 'orders',
  title: 'Orders',
  summary: 'Posts orders.',
  description: ['Posts orders.'],
  keywords: [],
  category: 'Commerce',
  sender: 'shopify',
  destinations: [{ name: 'Slack', stepType: 'slack' }],
  minutes: 3,
  connections: [
    { id: 'slack', name: 'Sales', types: ['slack.webhook', 'slack.bot'], steps: ['notify'], help: 'Ask.' },
  ],
  fields: [
    {
      step: 'big',
      field: 'condition',
      label: 'Amount',
      help: 'From here on.',
      kind: 'number',
      example: '500',
      frame: ['trigger.body.total >= ', ''],
    },
    {
      step: 'notify',
      field: 'channel',
      label: 'Channel',
      help: 'Its id.',
      kind: 'text',
      example: 'C024BE91L',
      onlyFor: 'slack.bot',
    },
  ],
  samples: [{ name: 'One', headers: {}, body: {}, effects: [] }],
  definition: {
    format: 1,
    steps: [
      { id: 'order', type: 'trigger.webhook', config: {} },
      { id: 'big', type: 'filter', config: {} },
      { id: 'notify', type: 'slack', config: { text: 'Big' } },
    ],
    edges: [],
    settings: {},
  },
};

function facts(change: Partial<SetupFacts> = {}, config: Record<string, unknown> = {}): SetupFacts {
  const steps = template.definition.steps.map((step) => ({
    ...step,
    config: { ...step.config, ...(config[step.id] as object | undefined) },
  }));
  return {
    template,
    definition: { ...template.definition, steps },
    connections: [
      { key: 'hook', type: 'slack.webhook' },
      { key: 'bot', type: 'slack.bot' },
      { key: 'mail', type: 'smtp' },
    ],
    problems: [],
    hasSecret: false,
    hasEvent: false,
    isLive: false,
    setup: { done: [], skipped: [], closed: false },
    ...change,
  };
}
const states = (given: SetupFacts) =>
  Object.fromEntries(checklistOf(given).map(({ id, state }) => [id, state]));

describe('the setup checklist', () => {
  it('has everything to do at first', () => {
    expect(states(facts())).toEqual({
      'connection:slack': 'open',
      fields: 'open',
      webhook: 'open',
      sample: 'open',
      publish: 'open',
    });
  });

  it('reads from the workflow what is done', () => {
    const filled = { big: { condition: 'trigger.body.total >= 500' }, notify: { connection: 'hook' } };
    const given = facts({ hasSecret: true, hasEvent: true, isLive: true }, filled);
    expect(Object.values(states(given))).toEqual(['done', 'done', 'done', 'done', 'done']);
  });

  it('takes a connection that is gone, or of a type that does not fit, for none', () => {
    expect(states(facts({}, { notify: { connection: 'gone' } }))['connection:slack']).toBe('open');
    expect(states(facts({}, { notify: { connection: 'mail' } }))['connection:slack']).toBe('open');
  });

  it('asks for a field of one type of connection only where that one was chosen', () => {
    const labels = (key: string) =>
      shownFields(facts({}, { notify: { connection: key } })).map(({ label }) => label);
    expect(labels('hook')).toEqual(['Amount']);
    expect(labels('bot')).toEqual(['Amount', 'Channel']);
  });

  it('counts a setting that somebody wrote otherwise as filled in', () => {
    expect(states(facts({}, { big: { condition: 'trigger.body.paid' } }))['fields']).toBe('done');
  });

  it('does not count a field with something that cannot go live', () => {
    const path = 'steps.1.config.condition';
    const problems = [
      { code: 'invalid_field', stepId: 'big', path, message: 'No condition.', blocking: true },
    ];
    const filled = { big: { condition: 'trigger.body.total >= x' } };
    expect(states(facts({}, filled))['fields']).toBe('done');
    expect(states(facts({ problems }, filled))['fields']).toBe('open');
  });

  it('skips what is not done, and only that', () => {
    const setup = { done: ['webhook'], skipped: ['webhook', 'sample'], closed: false };
    expect(states(facts({ setup }))).toMatchObject({ webhook: 'done', sample: 'skipped' });
  });

  it('leaves out what belonged to steps that were deleted', () => {
    const definition = { ...template.definition, steps: template.definition.steps.slice(0, 1) };
    expect(Object.keys(states(facts({ definition })))).toEqual(['webhook', 'sample', 'publish']);
  });
});

describe('what comes next', () => {
  it('is the next open item, then an open one above, then nothing', () => {
    const items = checklistOf(facts({ setup: { done: ['webhook'], skipped: ['publish'], closed: false } }));
    expect(nextOpen(items)).toBe('connection:slack');
    expect(nextOpen(items, 'fields')).toBe('sample');
    expect(nextOpen(items, 'sample')).toBe('connection:slack');
    const done = items.map((item) => ({ ...item, state: 'done' as const }));
    expect(nextOpen(done, 'sample')).toBeUndefined();
  });
});
