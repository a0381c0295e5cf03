import { ProblemError } from '@hookloom/server-kit';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkInput } from './schema.pipe.js';

const Bare = z.object({ format: z.literal(1), steps: z.array(z.string()) });
const Named = z.object({ name: z.string(), definition: Bare });
const One = z.union([Named, Bare]);
const Many = z.union([One, z.array(One)]);

function faultsOf(value: unknown): unknown {
  try {
    return checkInput(Many, value);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.options.errors?.map(({ path }) => path);
  }
}

describe('input of which several shapes would do', () => {
  it.each([
    [[{ name: 'a' }], ['0.definition']],
    [
      [
        { name: 'a', definition: { format: 1, steps: [] } },
        { name: 'b', definition: {} },
      ],
      ['1.definition.format', '1.definition.steps'],
    ],
    [{ format: 2, steps: [] }, ['format']],
    ['text', ['']],
  ])('%j is refused at %j', (value, paths) => {
    expect(faultsOf(value)).toEqual(paths);
  });
});
