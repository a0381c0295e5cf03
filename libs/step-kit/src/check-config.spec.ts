import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkConfig } from './check-config.js';
import { describeStepTypes } from './describe.js';
import { expressionPathsOf } from './expression-paths.js';
import { passOn } from './step-outcome.js';
import { defineStep } from './step-type.js';

const step = defineStep({
  type: 'sample',
  title: 'Sample',
  description: 'A step for this test.',
  kind: 'logic',
  icon: 'box',
  repeat: (config) => (config.count > 1 ? 'safe' : 'pure'),
  handles: () => ['out'],
  config: z.object({
    url: z.string().min(1).meta({ title: 'URL', widget: 'url' }),
    count: z.int().min(1),
    mode: z.enum(['a', 'b']).default('a').meta({ title: 'Mode' }),
    headers: z.record(z.string(), z.string()).optional(),
    cases: z
      .array(z.object({ handle: z.string(), condition: z.string().min(1).meta({ widget: 'condition' }) }))
      .optional(),
    items: z.string().optional().meta({ widget: 'expression' }),
  }),
  run: () => passOn('out'),
});

describe('checkConfig', () => {
  it('finds nothing wrong with a good config', () => {
    expect(checkConfig(step, { url: 'http://x', count: 2 })).toEqual([]);
  });

  it('blocks on a missing field and calls it by its title', () => {
    const problems = checkConfig(step, { url: '' });
    expect(problems).toEqual([
      { code: 'missing_field', path: 'url', message: 'URL is missing. Fill it in.', blocking: true },
      { code: 'missing_field', path: 'count', message: 'count is missing. Fill it in.', blocking: true },
    ]);
  });

  it('blocks on a wrong value', () => {
    expect(checkConfig(step, { url: 'x', count: 'many', mode: 'c' })).toMatchObject([
      { code: 'invalid_field', path: 'count', blocking: true },
      { code: 'invalid_field', path: 'mode', blocking: true },
    ]);
  });

  it('names the place of a problem inside a list', () => {
    const problems = checkConfig(step, { url: 'x', count: 1, cases: [{ handle: 'one', condition: '' }] });
    expect(problems).toMatchObject([{ code: 'missing_field', path: 'cases.0.condition' }]);
  });

  it('lets a template stand for a value of any type, whole or in part', () => {
    const config = {
      url: '{{ a }}',
      count: '{{ trigger.body.n }}',
      mode: 'x {{ m }}',
      headers: '{{ h }}',
      cases: '{{ c }}',
    };
    expect(checkConfig(step, config)).toEqual([]);
    expect(checkConfig(step, { url: 'x', count: 1, headers: { a: ['{{ h }}'] } })).toEqual([]);
  });

  it('takes an escaped brace for text', () => {
    expect(checkConfig(step, { url: 'x', count: '\\{{ n }}' })).toMatchObject([{ path: 'count' }]);
  });

  it('warns of a field that the step does not have', () => {
    expect(checkConfig(step, { url: 'x', count: 1, cuont: 2 })).toMatchObject([
      { code: 'unknown_field', path: 'cuont', blocking: false },
    ]);
  });
});

describe('expressionPathsOf', () => {
  it('finds the fields of bare JSONata, in lists too', () => {
    expect(expressionPathsOf(step)).toEqual({
      expression: ['items'],
      list: [],
      condition: ['cases.*.condition'],
      code: [],
      url: ['url'],
    });
  });
});

describe('describeStepTypes', () => {
  it('gives the form as JSON Schema', () => {
    const [view] = describeStepTypes(new Map([[step.type, step]]));
    expect(view).toMatchObject({ type: 'sample', repeat: 'varies', handles: ['out'], connection: null });
    expect(view?.configSchema).toMatchObject({
      required: ['url', 'count'],
      properties: { url: { title: 'URL', widget: 'url' }, mode: { enum: ['a', 'b'], default: 'a' } },
    });
    expect(JSON.parse(JSON.stringify(view))).toEqual(view);
  });
});
