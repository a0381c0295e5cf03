import { describe, expect, it } from 'vitest';
import { passesBracket } from './bracket-typing.js';

/** The caret is the `|`. */
const inTemplate = (marked: string) => passesBracket(marked.replace('|', ''), marked.indexOf('|'), true);
const inExpression = (marked: string) => passesBracket(marked.replace('|', ''), marked.indexOf('|'), false);

describe('a typed )', () => {
  it.each(['{{ $now(|) }}', 'At {{ $sum(trigger.body.items|)', '{{ $f(")", a|) }}) (', '{{ $f($g(a)|) }}'])(
    'passes over the one that stands there: %s',
    (marked) => {
      expect(inTemplate(marked)).toBe(true);
    },
  );

  it.each(['{{ $f($g(a|) }}', '{{ $now()| }}', '$now(|)', '(a|)'])('is written in %s', (marked) => {
    expect(inTemplate(marked)).toBe(false);
  });

  it('does so in a bare expression, too', () => {
    expect(inExpression('$sum(a|)')).toBe(true);
    expect(inExpression('$sum((a|)')).toBe(false);
  });
});
