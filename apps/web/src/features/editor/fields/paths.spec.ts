import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleAt, firstMissing, readPath, writePath } from './paths.js';

describe('a path', () => {
  it.each([
    ['trigger.body.customer.email', ['trigger', 'body', 'customer', 'email']],
    [' trigger.headers.`x-github-event` ', ['trigger', 'headers', 'x-github-event']],
    ['input.items[0].sku', ['input', 'items', 0, 'sku']],
    ['item', ['item']],
  ])('%s is read as its parts', (source, parts) => {
    expect(readPath(source)).toEqual(parts);
  });

  it.each(['', 'a.', '.a', 'a..b', 'a b', '$a', 'a + b', 'a[x]', '[0]', '"a"', 'a.[0]', 'f(a)'])(
    '%s is none',
    (source) => {
      expect(readPath(source)).toBeUndefined();
    },
  );

  it('is read back as it was written, whatever the names', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('`'));
    const parts = fc
      .tuple(name, fc.array(fc.oneof(name, fc.nat(999))))
      .map(([first, rest]) => [first, ...rest]);
    fc.assert(
      fc.property(parts, (path) => {
        expect(readPath(writePath(path) ?? '')).toEqual(path);
      }),
    );
  });

  it('cannot name what holds a backtick', () => {
    expect(writePath(['a`b'])).toBeUndefined();
  });
});

describe('what stands at a path', () => {
  const value = { items: [{ a: 1 }, { a: 2, b: 'x' }], none: null };

  it('is an example where lists are crossed', () => {
    expect(exampleAt(value, ['items', 'b'])).toBe('x');
    expect(exampleAt(value, ['items', 1, 'a'])).toBe(2);
    expect(exampleAt(value, ['toString'])).toBeUndefined();
  });

  it('may be missing, and then the first missing part is told', () => {
    expect(firstMissing(value, ['items', 'a'])).toBeUndefined();
    expect(firstMissing(value, ['none'])).toBeUndefined();
    expect(firstMissing(value, ['items', 'c', 'd'])).toBe(1);
  });
});
