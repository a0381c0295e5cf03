import { describe, expect, it } from 'vitest';
import { formFieldsOf, fromJsonText, looksBroken, toFieldText } from './form-fields.js';

describe('the fields of a form', () => {
  it('stand with the connection and the required ones first, the advanced ones apart', () => {
    const fields = formFieldsOf({
      type: 'x',
      title: 'X',
      kind: 'send',
      icon: 'x',
      description: '',
      docs: '',
      repeat: 'safe',
      handles: [],
      handlesFrom: null,
      connection: null,
      synonyms: [],
      configSchema: {
        properties: {
          note: { widget: 'text' },
          url: { widget: 'url', title: 'URL' },
          connection: { widget: 'connection' },
          deep: { widget: 'json', advanced: true },
        },
        required: ['url', 'connection'],
      },
    });
    expect(fields.shown.map(({ name }) => name)).toEqual(['connection', 'url', 'note']);
    expect(fields.more.map(({ name }) => name)).toEqual(['deep']);
  });

  it('hold JSON, or the text itself', () => {
    expect(fromJsonText('{"a": 1}')).toEqual({ a: 1 });
    expect(fromJsonText('{{ trigger.body }}')).toBe('{{ trigger.body }}');
    expect(fromJsonText('  ')).toBeUndefined();
    expect(toFieldText({ a: 1 })).toBe('{\n  "a": 1\n}');
  });

  it('say when JSON is begun and not finished', () => {
    expect(looksBroken('{"a": ')).toBe(true);
    expect(looksBroken('{{ trigger.body }}')).toBe(false);
    expect(looksBroken('{"a": 1}')).toBe(false);
  });
});
