import { StringStream } from '@codemirror/language';
import { describe, expect, it } from 'vitest';
import { jsonataToken } from './jsonata-tokens.js';

/** The pieces of a source with their kinds, blanks left out. */
function tokensOf(...lines: string[]): string[] {
  const state = { inComment: false, expectsValue: true };
  return lines.flatMap((line) => {
    const tokens: string[] = [];
    for (const stream = new StringStream(line, 2, 2); !stream.eol(); stream.start = stream.pos) {
      const kind = jsonataToken(stream, state);
      if (kind !== null) tokens.push(`${kind} ${stream.current()}`);
    }
    return tokens;
  });
}

describe('the colours of JSONata', () => {
  it('tell names, functions, variables, texts and numbers apart', () => {
    expect(tokensOf('$sum(items.`unit price`) & "x" + $total * 1.5 = null')).toEqual([
      'variableName.function $sum',
      'bracket (',
      'propertyName items',
      'operator .',
      'propertyName `unit price`',
      'bracket )',
      'operator &',
      'string "x"',
      'operator +',
      'variableName $total',
      'operator *',
      'number 1.5',
      'operator =',
      'atom null',
    ]);
  });

  it('tell a regular expression from a division', () => {
    expect(tokensOf('$match(a, /b\\/c/i) / 2').filter((token) => token.includes('/'))).toEqual([
      'regexp /b\\/c/i',
      'operator /',
    ]);
  });

  it('follow a comment over lines', () => {
    expect(tokensOf('a /* why', 'and how */ and b')).toEqual([
      'propertyName a',
      'comment /* why',
      'comment and how */',
      'keyword and',
      'propertyName b',
    ]);
  });

  it('take a word operator for a name where a value is expected', () => {
    expect(tokensOf('and and in')).toEqual(['propertyName and', 'keyword and', 'propertyName in']);
  });

  it('pass over what is half written', () => {
    expect(tokensOf('"open', '`open')).toEqual(['string "open', 'propertyName `open']);
  });
});
