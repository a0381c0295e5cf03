import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { neededConnections, withConnections } from './needed-connections.js';

const type = (name: string, types: string[]) =>
  ({
    type: name,
    title: name,
    kind: 'send',
    icon: 'globe',
    description: '',
    docs: '',
    repeat: 'unsafe',
    configSchema: { properties: {}, required: [] },
    handles: ['out'],
    connection: { types, required: true },
    synonyms: [],
  }) as const;
const catalog = new Map([
  ['http', { ...type('http', ['http.basic', 'http.bearer']), handles: ['out'], synonyms: [] }],
  ['slack', { ...type('slack', ['slack.bot']), handles: ['out'], synonyms: [] }],
] as const) as never;
const workflow = aDraft(
  hook,
  aStep('a', { config: { connection: 'crm' } }),
  aStep('b', { name: 'Tell', type: 'slack', config: { connection: 'team' } }),
  aStep('c', { config: { connection: 'crm' } }),
  aStep('d', { type: 'acme.odd', config: { connection: '' } }),
);

describe('the connections that an import needs', () => {
  it('are told once each, with the steps that name them and what fits', () => {
    expect(neededConnections([workflow], catalog)).toEqual([
      { key: 'crm', types: ['http.basic', 'http.bearer'], steps: ['a', 'c'] },
      { key: 'team', types: ['slack.bot'], steps: ['Tell'] },
    ]);
  });

  it('are replaced in every step by those that were chosen', () => {
    const { definition } = withConnections(workflow, new Map([['crm', 'our-crm']]));
    expect(definition.steps.map(({ config }) => config['connection'])).toEqual([
      undefined,
      'our-crm',
      'team',
      'our-crm',
      '',
    ]);
  });
});
