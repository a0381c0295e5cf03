import { describe, expect, it } from 'vitest';
import { formFieldsOf, fromJsonText, looksBroken, toFieldText } from './form-fields.js';

type StepType = NonNullable<Parameters<typeof formFieldsOf>[0]>;

function aType(properties: StepType['configSchema']['properties'], required: string[]): StepType {
  return {
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
    configSchema: { properties, required },
  };
}

describe('the fields of a form', () => {
  it('stand with the connection and the required ones first, the advanced ones apart', () => {
    const fields = formFieldsOf(
      aType(
        {
          note: { widget: 'text' },
          url: { widget: 'url', title: 'URL' },
          connection: { widget: 'connection' },
          deep: { widget: 'json', advanced: true },
        },
        ['url', 'connection'],
      ),
    );
    expect(fields.shown.map(({ name }) => name)).toEqual(['connection', 'url', 'note']);
    expect(fields.more.map(({ name }) => name)).toEqual(['deep']);
  });

  it('keep a choice beside what it is about', () => {
    const fields = formFieldsOf(
      aType(
        {
          connection: { widget: 'connection' },
          method: { widget: 'select' },
          url: { widget: 'url' },
          headers: { widget: 'key-values' },
          bodyType: { widget: 'select' },
          body: { widget: 'json' },
        },
        ['url'],
      ),
    );
    const names = ['method', 'url', 'connection', 'headers', 'bodyType', 'body'];
    expect(fields.shown.map(({ name }) => name)).toEqual(names);
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
