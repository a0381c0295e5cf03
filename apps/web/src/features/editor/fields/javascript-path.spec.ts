import { describe, expect, it } from 'vitest';
import { toJavaScriptPath } from './javascript-path.js';

describe('toJavaScriptPath', () => {
  it.each([
    ['steps.shape.total', 'steps.shape.total'],
    ['trigger.headers.`x-a`', 'trigger.headers["x-a"]'],
    ['trigger.body.`a b`.`c"d`[0].e', 'trigger.body["a b"]["c\\"d"][0].e'],
  ])('writes %s as %s', (path, expected) => {
    expect(toJavaScriptPath(path)).toBe(expected);
  });
});
