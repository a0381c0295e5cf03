import { describe, expect, it } from 'vitest';
import { readDedupeKey } from './dedupe-key.js';

describe('a duplicate key', () => {
  it.each([
    ['trigger.body.id', 'trigger.body.id'],
    ['input.body.id & "-" & trigger.type', 'input.body.id & "-" & trigger.type'],
    ['$$.trigger.body.id', '$$.trigger.body.id'],
    ['body.id', 'trigger.(body.id)'],
    ['headers."x-id" & body.lines[0].id', 'trigger.(headers."x-id" & body.lines[0].id)'],
    ['"always"', '"always"'],
  ])('%s is evaluated as %s', (key, expression) => {
    expect(readDedupeKey(key)).toEqual({ expression });
  });

  it.each([
    ['bodi.id', 'bodi'],
    ['vars.shop & trigger.body.id', 'vars'],
    ['trigger.body.id & body.at', 'body'],
  ])('%s names what is not there', (key, unknown) => {
    expect(readDedupeKey(key)).toEqual({ unknown });
  });
});
