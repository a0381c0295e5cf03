import { describe, expect, it } from 'vitest';
import type { StepTypeDetail } from '../../../api/step-type-details.api.js';
import { foundTypes } from './palette-search.js';

function aType(
  type: string,
  title: string,
  kind: StepTypeDetail['kind'],
  synonyms: string[],
): StepTypeDetail {
  const rest = {
    icon: 'x',
    description: title,
    docs: '',
    repeat: 'pure' as const,
    handles: ['out'],
    handlesFrom: null,
    connection: null,
  };
  return { ...rest, type, title, kind, synonyms, configSchema: { properties: {}, required: [] } };
}
const types = [
  aType('if', 'If', 'logic', ['branch', 'else']),
  aType('filter', 'Filter', 'logic', ['only if']),
  aType('http', 'HTTP request', 'send', ['api', 'curl']),
];
const found = (words: string) => foundTypes(types, words).map(({ type }) => type);

describe('the search of the palette', () => {
  it('shows everything by group where nothing is typed', () => {
    expect(found('')).toEqual(['http', 'if', 'filter']);
  });
  it('puts the exact title first', () => {
    expect(found('if')).toEqual(['if', 'filter']);
  });
  it('knows other words for a step', () => {
    expect(found('curl')).toEqual(['http']);
    expect(found('nothing like it')).toEqual([]);
  });
});
