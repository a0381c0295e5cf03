import { describe, expect, it } from 'vitest';
import { aDraft, aStep, hook } from '../document/facts.fixture.js';
import { addNote } from '../document/edits/notes.js';
import type { StepRow } from '../useStepRows.js';
import { findInDraft } from './find-in-draft.js';

const call = aStep('call', {
  name: 'Tell the shop',
  notes: 'Ask Ana first',
  config: { url: 'https://shop.test/{{ trigger.body.id }}', headers: { 'x-token': ['one', 'two'] } },
});
const draft = addNote(aDraft(hook, call), { id: 'n', text: 'The SHOP closes at six', at: { x: 0, y: 0 } });
const rows = draft.definition.steps.map((step, at) => aRow(step, at));
function aRow(step: typeof call, at: number): StepRow {
  return {
    step,
    id: step.id,
    name: step.name ?? step.id,
    number: at + 1,
    total: 2,
    depth: 0,
    branch: undefined,
    isJoin: false,
    isTrigger: at === 0,
    title: 'HTTP request',
    kind: 'send',
    icon: undefined,
    summary: '',
    handles: [],
    problems: [],
    label: step.id,
  };
}
const found = (words: string) =>
  findInDraft(draft, rows, words).map((hit) => (hit.kind === 'field' ? `${hit.kind} ${hit.path}` : hit.kind));

describe('finding in a workflow', () => {
  it('looks at names, fields and notes, in any case', () => {
    expect(found('shop')).toEqual(['name', 'field url', 'note']);
    expect(found('ask ana')).toEqual(['notes']);
  });

  it('looks at expressions and inside lists, and at the names of keys that people wrote', () => {
    expect(found('trigger.body')).toEqual(['field url']);
    expect(found('two')).toEqual(['field headers.x-token.1']);
    expect(found('x-token')).toEqual(['field headers.x-token']);
    expect(found('headers')).toEqual([]);
  });

  it('finds nothing without words', () => {
    expect(found('  ')).toEqual([]);
  });
});
