import { CompletionContext } from '@codemirror/autocomplete';
import { javascriptLanguage } from '@codemirror/lang-javascript';
import { EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { javascriptNames } from './javascript-names.js';

const scope = {
  trigger: { body: { order: { total: 40 }, items: [{ sku: 'A' }] }, headers: { 'x-id': '7', host: 'a' } },
  input: { total: 40 },
};
const known = { scope: () => scope, describe: (path: readonly string[]) => path.join('/') };

function namesFor(text: string, explicit = false) {
  const state = EditorState.create({ doc: text, extensions: [javascriptLanguage] });
  const found = javascriptNames(new CompletionContext(state, text.length, explicit), known);
  return found && { from: found.from, labels: found.options.map(({ label }) => label) };
}

describe('javascriptNames', () => {
  it('offers what the code sees, where a name begins', () => {
    expect(namesFor('return tr')).toEqual({ from: 7, labels: ['trigger', 'input'] });
    expect(namesFor('return ', true)?.labels).toEqual(['trigger', 'input']);
  });

  it('offers the fields of the sample behind a dot, each with what it is', () => {
    expect(namesFor('const a = 1;\nreturn a + trigger.body.or')).toEqual({
      from: 37,
      labels: ['order', 'items'],
    });
    expect(namesFor('trigger?.headers.')?.labels).toEqual(['x-id', 'host']);
  });

  it('offers nothing in texts and comments, of a list, and of what is not there', () => {
    for (const text of ['// tr', "'tr", 'trigger.body.items.', 'nothing.', 'trigger.body.order.total.'])
      expect([text, namesFor(text)]).toEqual([text, null]);
  });
});
