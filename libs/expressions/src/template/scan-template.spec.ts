import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conformanceCases } from '../../test/conformance.js';
import { scanTemplate, type TemplatePart } from './scan-template.js';

const text = (value: string): TemplatePart => ({ kind: 'text', text: value });
const expression = (source: string, position: number): TemplatePart => ({
  kind: 'expression',
  source,
  position,
});

describe('a text with {{ }}', () => {
  it.each<[string, TemplatePart[]]>([
    ['', []],
    ['plain } text }} {', [text('plain } text }} {')]],
    ['{{a}}', [expression('a', 2)]],
    ['Hi {{ a.b }}!', [text('Hi '), expression(' a.b ', 5), text('!')]],
    ['{{a}}{{b}}', [expression('a', 2), expression('b', 7)]],
    ['{{ {"a": {"b": 1}} }}', [expression(' {"a": {"b": 1}} ', 2)]],
    ['{{{"a":{"b":1}}}}', [expression('{"a":{"b":1}}', 2)]],
    ['{{ "}}" }}', [expression(' "}}" ', 2)]],
    ['{{ \'}}\' & "\\"}}" }}', [expression(' \'}}\' & "\\"}}" ', 2)]],
    ['{{ `}}` }}', [expression(' `}}` ', 2)]],
    ['{{ /* }} */ a }}', [expression(' /* }} */ a ', 2)]],
    ['{{ $contains(a, /[{]{2}\\/[}]{{1}}/) }}', [expression(' $contains(a, /[{]{2}\\/[}]{{1}}/) ', 2)]],
    ['{{ a / 2 }} and {{ b / 3 }}', [expression(' a / 2 ', 2), text(' and '), expression(' b / 3 ', 18)]],
    ['{{ a{b: c}.d }}', [expression(' a{b: c}.d ', 2)]],
    ['{{ function($x){ {"y": $x} }(1) }}', [expression(' function($x){ {"y": $x} }(1) ', 2)]],
    ['\\{{ literal }} {{ a }}', [text('{{ literal }} '), expression(' a ', 17)]],
    ['a \\{{', [text('a {{')]],
  ])('%s', (template, parts) => {
    expect(scanTemplate(template)).toEqual({ ok: true, parts });
  });

  it.each([
    ['Hi {{ name', 3, 'no closing }}'],
    ['{{ {"a": 1 }}', 0, 'no closing }}'],
    ['{{ a }} {{ "b }}', 8, 'missing quote'],
    ['{{ `b }}', 0, 'backtick'],
    ['{{ /* b }}', 0, '*/'],
    ['{{ $match(a, /b }}) }}', 0, 'regular expression'],
  ])('%s is never closed', (template, position, words) => {
    const scanned = scanTemplate(template);
    expect(scanned).toMatchObject({ ok: false, position });
    expect(!scanned.ok && scanned.message).toContain(words);
  });

  it('finds every expression whole that JSONata can read', () => {
    const readable = conformanceCases.filter(({ error }) => !error?.startsWith('S'));
    for (const { expression: source } of readable) {
      const parts = [text('a '), expression(source, 4), text(' b')];
      expect(scanTemplate(`a {{${source}}} b`), source).toEqual({ ok: true, parts });
    }
  });

  it('is put together again from its parts', () => {
    const piece = fc.constantFrom('{', '}', '{{', '}}', '"', "'", '`', '/', '/*', '*/', 'a', ' ', '(', ')');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const template = pieces.join('');
        const scanned = scanTemplate(template);
        if (!scanned.ok) return;
        const whole = scanned.parts.map((part) => (part.kind === 'text' ? part.text : `{{${part.source}}}`));
        expect(whole.join('')).toBe(template);
      }),
    );
  });
});
