import type { TemplateSummary } from '@hookloom/contracts';
import { describe, expect, it } from 'vitest';
import { searchTemplates } from './template-search.js';

const names = {
  sender: (id: string) => ({ stripe: 'Stripe', any: 'Any sender' })[id] ?? id,
  stepType: (type: string) => ({ slack: 'Post a Slack message', email: 'Send e-mail' })[type] ?? type,
};

function aTemplate(slug: string, given: Partial<TemplateSummary>): TemplateSummary {
  return {
    slug,
    title: slug,
    summary: 'Does something.',
    keywords: [],
    category: 'Payments',
    sender: 'any',
    destinations: [{ name: 'CRM', stepType: 'http' }],
    minutes: 3,
    connections: [],
    steps: [],
    ...given,
  };
}

const slack = [{ name: 'Slack', stepType: 'slack' }];
const TEMPLATES = [
  aTemplate('Form answers', { summary: 'A form in Slack, paid by Stripe.' }),
  aTemplate('Receipts', { sender: 'stripe', keywords: ['dunning'] }),
  aTemplate('Failed payments', { sender: 'stripe', destinations: slack }),
  aTemplate('Café orders', { steps: [{ type: 'email', name: 'Thank the customer' }] }),
];
const found = (words: string) => searchTemplates(TEMPLATES, words, names).map(({ slug }) => slug);

describe('searching the gallery', () => {
  it('finds every template without words, in their order', () => {
    expect(found('  ')).toEqual(TEMPLATES.map(({ slug }) => slug));
  });

  it('puts sender and destination before what a sentence mentions', () => {
    expect(found('stripe slack')).toEqual(['Failed payments', 'Form answers']);
    expect(found('slack stripe')[0]).toBe('Failed payments');
  });

  it('wants every word', () => {
    expect(found('stripe teams')).toEqual([]);
  });

  it('finds by use case, by the name and by the type of a step', () => {
    expect(found('dunn')).toEqual(['Receipts']);
    expect(found('thank')).toEqual(['Café orders']);
    expect(found('send e-mail')).toEqual(['Café orders']);
  });

  it('knows no accents and no case', () => {
    expect(found('CAFE')).toEqual(['Café orders']);
  });
});
